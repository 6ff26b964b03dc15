/** Grants that no flow test uses, each with the reason why it is kept. */
export const keptGrants: readonly { readonly grant: RegExp; readonly reason: string }[] = [];
