import type { Ambient } from '#domain/ambient.ts';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { RollcallError } from '#domain/error.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
import type { CaptchaCheck, Signer } from '#domain/subscriptions/ports.ts';
import { mailboxOf, networkOf } from '#domain/subscriptions/sources.ts';

export interface AdmitFormPorts extends Pick<Ambient, 'now'> {
  readonly apiKeys: Pick<ApiKeyStore, 'countUse'>;
  readonly signer: Pick<Signer, 'sign'>;
  /** Absent: nobody has to solve anything. */
  readonly captcha?: CaptchaCheck;
  /** Forms a minute from one network; 0: any number. */
  readonly formsPerSource: number;
  /** Forms an hour about one e-mail address or phone number; 0: any number. */
  readonly formsPerAddress: number;
}

/** A form as it was sent. */
export interface SentForm {
  readonly draft: ContactDraft;
  /** The network address that it came from. */
  readonly sourceIp: string;
  /** What its sender made of the CAPTCHA. */
  readonly captchaAnswer: string;
}

/**
 * Lets a form in that anybody can fill in: so many a minute from one network, solved by a person where the stage asks for
 * that, and so many an hour about one address. Whom they are about and where they came from is counted by keyed hashes.
 * @throws RollcallError THROTTLED or CAPTCHA_FAILED.
 */
export const admitForm = async (ports: AdmitFormPorts, { draft, sourceIp, captchaAnswer }: SentForm): Promise<void> => {
  const source = { name: `source:${networkOf(sourceIp)}`, most: ports.formsPerSource, ...minute };
  await hold(ports, source, 'The forms that one network may send in a minute are used up');
  if (ports.captcha && !(await ports.captcha.isSolved(captchaAnswer, sourceIp))) {
    throw new RollcallError('CAPTCHA_FAILED', 'The check that a person fills in the form was not passed');
  }
  const addresses = [
    ...(draft.email === undefined ? [] : [`mailbox:${mailboxOf(draft.email)}`]),
    ...(draft.sms === undefined ? [] : [`phone:${draft.sms}`]),
  ];
  await Promise.all(
    addresses.map((name) =>
      hold(ports, { name, most: ports.formsPerAddress, ...hour }, 'The forms about one address in an hour are used up'),
    ),
  );
};

const minute = { windowLength: 'yyyy-mm-ddThh:mm'.length, seconds: 60 };
const hour = { windowLength: 'yyyy-mm-ddThh'.length, seconds: 3600 };

interface Allowance {
  readonly name: string;
  readonly most: number;
  /** Characters of the time that tell one window from the next. */
  readonly windowLength: number;
  readonly seconds: number;
}

const hold = async (
  { apiKeys, signer, now }: AdmitFormPorts,
  { name, most, windowLength, seconds }: Allowance,
  refusal: string,
): Promise<void> => {
  if (most === 0) return;
  const time = now();
  const hash = (await signer.sign(name)).slice(0, hashLength);
  if ((await apiKeys.countUse(hash, time.slice(0, windowLength))) <= most) return;
  throw new RollcallError('THROTTLED', refusal, seconds - (Math.floor(Date.parse(time) / 1000) % seconds));
};

const hashLength = 22;
