import type { JsonForm } from '#domain/files/contact-file.ts';

/** How contacts lie in a text that begins so; `undefined` if it is no JSON. */
export const jsonFormOf = (head: string): JsonForm | undefined => {
  const text = head.replace(/^\uFEFF+/, '').trimStart();
  if (/^\[\s*([[{\]"\d-]|(null|true|false)\b|$)/.test(text)) return 'list';
  if (!/^\{\s*["}]/.test(text)) return undefined;
  const [line = '', ...next] = text.split(/\r?\n/, maxLines);
  const first = parsed(line) ?? (isOfLine(line) ? next.map(parsedLine).find((one) => one !== undefined) : undefined);
  const hasContacts = first === undefined ? contactsMember.test(text) : Array.isArray(first.contacts);
  if (hasContacts) return 'contacts';
  return first === undefined ? 'objects' : 'lines';
};

/** As many lines as are looked at for whether the first alone is no JSON. */
const maxLines = 20;

/** Whether a line would be a contact, were it whole; one of several lines begins with its bracket alone. */
const isOfLine = (line: string): boolean => /^\{\s*"/.test(line) && line.includes(':');

const parsedLine = (line: string) => (line.startsWith('{') ? parsed(line) : undefined);

/** The body of a bulk request. */
const contactsMember = /"contacts"\s*:\s*\[/;

const parsed = (line: string): { readonly contacts?: unknown } | undefined => {
  try {
    return JSON.parse(line) as { readonly contacts?: unknown };
  } catch {
    return undefined;
  }
};
