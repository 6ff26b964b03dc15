/**
 * The network that a request came from: an IPv4 address, or the first 64 bits of an IPv6 one, as one household has all of
 * the others.
 */
export const networkOf = (address: string): string => {
  const text = address.toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  if (mapped !== undefined || !text.includes(':')) return mapped ?? text;
  const [head = [], tail] = text.split('::').map((part) => part.split(':').filter(Boolean));
  const missing = tail === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ?? [])];
  return `${groups.slice(0, 4).map(withoutZeros).join(':')}::/64`;
};

const withoutZeros = (group: string): string => group.replace(/^0+(?=.)/, '');

/** The mailbox behind an e-mail address: what is after a plus, and dots at Gmail, lead to the same one. */
export const mailboxOf = (email: string): string => {
  const at = email.lastIndexOf('@');
  const [name = '', domain] = [email.slice(0, at).split('+')[0], email.slice(at + 1)];
  return dotless.has(domain) ? `${name.replaceAll('.', '')}@gmail.com` : `${name}@${domain}`;
};

const dotless: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);
