import type { Signer } from '#domain/subscriptions/ports.ts';
import { signingNumbers, webhookSecret, webhookSecretText } from '#domain/workflows/webhook.ts';
import type { Workflow } from '#domain/workflows/workflow.ts';

/** What the webhooks of a workflow are signed with: its current secret, then the one before, if there is one. */
export const webhookSecretsOf = async (
  { signer }: { readonly signer: Pick<Signer, 'sign'> },
  { id, webhookSecretNumber }: Pick<Workflow, 'id' | 'webhookSecretNumber'>,
): Promise<string[]> => {
  const texts = signingNumbers(webhookSecretNumber).map((number) => webhookSecretText(id, number));
  return (await Promise.all(texts.map((text) => signer.sign(text)))).map(webhookSecret);
};
