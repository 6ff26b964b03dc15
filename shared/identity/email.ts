import { bareIdentifier } from './spreadsheet-cell.ts';

/** The longest address that SMTP can carry, in characters (RFC 5321). */
const maxLength = 254;
const maxLocalLength = 64;

/**
 * An e-mail address as it is stored and matched: trimmed, lower case, an international domain in its ASCII form;
 * `undefined` if the text is not an address (contract 2.3).
 */
export const normaliseEmail = (text: string): string | undefined =>
  // Most are plain; what is copied from a link or a spreadsheet is looked at once more.
  plainEmail(text) ?? plainEmail(bareIdentifier(text));

const plainEmail = (text: string): string | undefined => {
  const trimmed = text.trim();
  if (trimmed.length > maxLength) return undefined;
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, at).toLowerCase();
  const domain = asciiDomain(trimmed.slice(at + 1).toLowerCase());
  if (at < 1 || local.length > maxLocalLength || !localPart.test(local) || !domain) return undefined;
  return local.length + 1 + domain.length <= maxLength ? `${local}@${domain}` : undefined;
};

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const asciiDomainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
const anyDomainName = /^[\p{L}\p{N}\p{M}.-]+$/u;

const asciiDomain = (domain: string): string | undefined => {
  if (asciiDomainName.test(domain)) return domain;
  const isInternational = anyDomainName.test(domain) && /[^a-z0-9.-]/.test(domain);
  const url = isInternational ? URL.parse(`http://${domain}`) : null;
  return url && asciiDomainName.test(url.hostname) ? url.hostname : undefined;
};
