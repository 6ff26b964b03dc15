import { type ContactSource, type ContactState, contactSources } from '../contacts/contact.ts';

/** What of a contact was counted. */
export interface Standing {
  /** Absent until its creation was counted. */
  readonly source?: ContactSource;
  readonly state: ContactState;
  readonly asked: boolean;
  readonly confirmed: boolean;
}

/** In the order of their codes, from 1: a new one comes last, and there is room for seven. */
const sources: readonly ContactSource[] = contactSources;

const states: readonly ContactState[] = ['active', 'deleted', 'erased'];

/** The contacts whose standings are kept together, a byte each: as many as fit a write unit with their key. */
export const contactsPerBlock = 900;

/** The block of a contact, from 0. */
export const blockOf = (contactId: number): number => Math.floor(contactId / contactsPerBlock);

/** The standing of a contact in the bytes of its block. */
export const standingIn = (bytes: Uint8Array, contactId: number): Standing => {
  const byte = bytes[contactId % contactsPerBlock] ?? 0;
  const source = sources[(byte & 0b111) - 1];
  return {
    ...(source && { source }),
    state: states[(byte >> 3) & 0b11] ?? 'active',
    asked: (byte & 0b10_0000) !== 0,
    confirmed: (byte & 0b100_0000) !== 0,
  };
};

/** Notes the standing of a contact in the bytes of its block. */
export const noteStanding = (bytes: Uint8Array, contactId: number, standing: Standing): void => {
  const source = standing.source === undefined ? 0 : sources.indexOf(standing.source) + 1;
  const flags = (standing.asked ? 0b10_0000 : 0) | (standing.confirmed ? 0b100_0000 : 0);
  bytes[contactId % contactsPerBlock] = source | (states.indexOf(standing.state) << 3) | flags;
};
