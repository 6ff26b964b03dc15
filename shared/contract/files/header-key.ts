/** A header, or a word of a list, as it is compared: small letters and digits only. */
export const headerKey = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The key of a header without what Latin letters carry: exports often leave accents and umlauts out. */
export const latinKey = (header: string): string =>
  headerKey(header)
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .normalize('NFC');
