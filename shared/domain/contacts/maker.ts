import type { Contact } from './contact.ts';

/** What created a contact: its kind, and the id of the import, the run or the API key. */
export interface Maker {
  readonly kind: 'import' | 'form' | 'order' | 'message' | 'run' | 'request';
  readonly id: string | undefined;
}

/** The token of a request by an API key, so that the contact that it creates says which. */
export const tokenBy = (token: string, keyId: string | undefined): string =>
  keyId === undefined ? token : `${token} by ${keyId}`;

/** Reads who created a contact off the token that it was created by. */
export const makerOf = ({ source, createdBy }: Pick<Contact, 'source' | 'createdBy'>): Maker => {
  const work = /^(.+)#[^#]+$/.exec(createdBy)?.[1];
  const keyId = / by (\w+)$/.exec(createdBy)?.[1];
  switch (source) {
    case 'IMPORT':
      return { kind: 'import', id: work };
    case 'CAMPAIGN':
      return { kind: 'run', id: work };
    case 'SUBSCRIPTION':
      return { kind: 'form', id: keyId };
    case 'ORDER':
      return { kind: 'order', id: undefined };
    case 'I_MESSAGE':
      return { kind: 'message', id: undefined };
    default:
      return { kind: 'request', id: keyId };
  }
};
