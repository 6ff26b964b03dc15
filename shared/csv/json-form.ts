import type { JsonForm } from '#domain/files/contact-file.ts';

/** How contacts lie in a text that begins so; `undefined` if it is no JSON. */
export const jsonFormOf = (head: string): JsonForm | undefined => {
  const text = head.replace(/^\uFEFF+/, '').trimStart();
  if (/^\[\s*([[{\]]|$)/.test(text)) return 'list';
  if (!/^\{\s*["}]/.test(text)) return undefined;
  const [line = ''] = text.split(/\r?\n/, 1);
  const first = parsed(line);
  const hasContacts = first === undefined ? contactsMember.test(text) : Array.isArray(first.contacts);
  if (hasContacts) return 'contacts';
  return first === undefined ? 'objects' : 'lines';
};

/** The body of a bulk request. */
const contactsMember = /"contacts"\s*:\s*\[/;

const parsed = (line: string): { readonly contacts?: unknown } | undefined => {
  try {
    return JSON.parse(line) as { readonly contacts?: unknown };
  } catch {
    return undefined;
  }
};
