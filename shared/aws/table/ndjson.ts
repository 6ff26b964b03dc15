/** The content type of newline-delimited JSON. */
export const ndjson = 'application/x-ndjson';
