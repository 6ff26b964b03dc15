import type { Sealer } from '../files/fetch-ports.ts';

/** Who unsubscribes by a link: an address, whatever became of the contact that it was written to. */
export interface UnsubscribeClaim {
  readonly contactId: number;
  readonly address: string;
  /** The contact's language when the message was sent (RFC 5646). */
  readonly languageCode?: string;
}

const context = 'unsubscribe';

/** The end of a token, after which the programs that turn text into links do not leave its last character out. */
const version = '.1';

/** A sealed token for a link, which does not show the address. It is good as long as the stage keeps its key. */
export const unsubscribeToken = async (
  sealer: Pick<Sealer, 'seal'>,
  { contactId, address, languageCode = '' }: UnsubscribeClaim,
): Promise<string> => `${await sealer.seal(JSON.stringify([contactId, address, languageCode]), context)}${version}`;

/** Reads a token of a link, which may be anything at all; `undefined` if it was not sealed here for this purpose. */
export const readUnsubscribeToken = async (
  sealer: Pick<Sealer, 'open'>,
  token: string,
): Promise<UnsubscribeClaim | undefined> => {
  const sealed = /^([A-Za-z0-9_-]{40,800})\.1$/.exec(token)?.[1];
  const opened = sealed === undefined ? undefined : await sealer.open(sealed, context);
  if (opened === undefined) return undefined;
  const [contactId, address, languageCode] = JSON.parse(opened) as [number, string, string];
  return { contactId, address, ...(languageCode !== '' && { languageCode }) };
};
