import type { FormPermit } from '#domain/subscriptions/form.ts';
import { type AdmitFormPorts, admitForm, type SentForm } from './admit-form.ts';
import { type SubscribeByFormPorts, subscribeByForm } from './subscribe-by-form.ts';
import type { Subscribed, Subscription } from './subscribe-contact.ts';

/** How a form was sent, and what it may say. */
export interface TakenForm extends Pick<SentForm, 'sourceIp' | 'captchaAnswer'> {
  readonly permit: FormPermit;
}

/**
 * Takes a form that anybody can fill in, if it may come in, as a proposal.
 * @throws RollcallError THROTTLED, CAPTCHA_FAILED or INVALID_REQUEST.
 */
export const takeForm = async (
  ports: AdmitFormPorts & SubscribeByFormPorts,
  subscription: Subscription,
  { permit, ...sent }: TakenForm,
): Promise<Subscribed> => {
  await admitForm(ports, { ...sent, draft: subscription.draft });
  return subscribeByForm(ports, subscription, permit);
};
