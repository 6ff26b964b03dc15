const maxLength = 40;

/** A header as a message quotes it. */
export const quotedHeader = (header: string): string =>
  `'${header.length > maxLength ? `${header.slice(0, maxLength).toWellFormed()}…` : header}'`;

/** A header has so many columns at most that all of them can be listed. */
const maxListed = 1000;

/** Headers as a message lists them. */
export const listed = (headers: readonly string[]): string =>
  headers.length > maxListed
    ? `${headers.slice(0, maxListed).join(', ')} and ${headers.length - maxListed} more`
    : headers.join(', ');
