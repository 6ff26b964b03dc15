import type { Signer } from '#domain/subscriptions/ports.ts';
import { webhookSecret, webhookSecretText } from '#domain/workflows/webhook.ts';

/** What the webhooks of a workflow are signed with: it is made of the stage's signing key, and changes with it alone. */
export const webhookSecretOf = async (
  { signer }: { readonly signer: Pick<Signer, 'sign'> },
  workflowId: string,
): Promise<string> => webhookSecret(await signer.sign(webhookSecretText(workflowId)));
