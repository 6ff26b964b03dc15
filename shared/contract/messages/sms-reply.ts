import * as z from 'zod/mini';
import type { Delivery } from '#domain/messages/delivery.ts';
import { stoppedBy } from '#domain/subscriptions/suppression.ts';

/** What Amazon SNS hands on: an SMS that a person sent to a number of the stage. */
export const smsReply = z.object({ Type: z.literal('Notification'), Timestamp: z.string(), Message: z.string() });

const twoWayMessage = z.object({ originationNumber: z.string(), messageBody: z.string() });

/**
 * Reads an answer to an SMS, as AWS End User Messaging publishes it: a STOP ends all SMS to the number, and a START takes the
 * STOP back. Anything else says nothing.
 */
export const readSmsReply = ({ Timestamp, Message }: z.output<typeof smsReply>): Delivery => {
  const at = new Date(Timestamp).toISOString();
  const { originationNumber, messageBody } = twoWayMessage.parse(JSON.parse(Message));
  const phone = originationNumber.replace(/\D/g, '');
  const wish = phone === '' ? undefined : wishIn(messageBody);
  if (wish === 'stop') return { at, suppress: [stoppedBy(phone)] };
  return { at, suppress: [], ...(wish === 'start' && { resume: [phone] }) };
};

/**
 * What an answer asks for. A clear word counts anywhere in a short answer ("please STOP"), another one only by itself, as
 * "cancel my order" means something else. An answer that says both stops.
 */
export const wishIn = (text: string): 'stop' | 'start' | undefined => {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\d]+/gu) ?? [];
  const whole = words.join('');
  const said = words.length <= mostWords ? [whole, ...words] : [whole];
  if (stopAlone.has(whole) || said.some((word) => clearStops.has(word))) return 'stop';
  return starts.has(whole) ? 'start' : undefined;
};

const mostWords = 5;

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** The keywords of AWS and of carriers, then the same in other languages, without spaces and hyphens. */
const clearStops = wordsOf(`
  stop stopp stopall unsubscribe unsub optout arret arrêt desabonner désabonner abmelden abbestellen wypisz rezygnuję rezygnuje
  стоп відписка відписатися відписатись відпишіть відпишіться відписати отписка отписаться отпишите отписать
`);

const stopAlone = wordsOf(`
  end quit cancel revoke remove td removeme baja parar alto sair cancelar basta annulla fin ende odhlásit zrušit koniec anuluj
  кінець скасувати скасуйте відміна відмова видалити видаліть конец отмена отменить отказ удалить удалите непишіть непишите
  optout stopsms smsstop stopit dontsms nosms nomore nomoresms
`);

/** What AWS calls the opposite, and the same in other languages. */
const starts = wordsOf(`start unstop optin subscribe старт підписка підписатися підписатись подписка подписаться`);
