import type { OperationDefinition } from './operation.ts';

// Clients that write JSON in ASCII need six bytes for a letter that has two, so each is what may be said, with room to spare.

/** Bytes of a body that says little: settings, a form, a segment. */
export const usualBodyBytes = 256_000;

/** Bytes of a body that is one contact. */
export const contactBodyBytes = 600_000;

/** Bytes of a body that is a list of addresses or ids. */
export const addressesBodyBytes = 1_500_000;

/** Bytes of a body with the text of a message. */
export const messageBodyBytes = 2_500_000;

/** Bytes of a body with many contacts, orders, events or recipients; a function is called with 6 MB (an AWS Lambda limit). */
export const bulkBodyBytes = 5_000_000;

/** The most bytes that the body of an operation may have. */
export const maxBodyBytesOf = ({ maxBodyBytes = usualBodyBytes }: Pick<OperationDefinition, 'maxBodyBytes'>): number =>
  maxBodyBytes;
