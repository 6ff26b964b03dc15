import type { Identity } from '#domain/identity.ts';
import { normaliseEmail } from './email.ts';
import { normalisePhone } from './phone.ts';

/** The identities that the cells of a refused row submit, in the form in which contacts have them. */
export const submittedIdentities = (
  cells: Readonly<Record<string, string>>,
  { defaultCountry }: { readonly defaultCountry: string },
): Identity[] =>
  Object.entries(cells).flatMap(([column, cell]): Identity[] => {
    const text = cell.trim();
    switch (column) {
      case 'externalCustomerId':
        return named('EXT', text);
      case 'email':
        return named('EMAIL', normaliseEmail(text));
      case 'sms':
        return named('SMS', normalisePhone(text, defaultCountry));
      case 'mobilepush':
        return text.split(',').flatMap((token) => named('PUSH', token.trim()));
      case 'webpush':
        return text.split(',').flatMap((token) => named('WEBPUSH', token.trim()));
      default:
        return /^\d+$/.test(column) ? named('FIELD', `${column}#${text}`) : [];
    }
  });

const named = (type: Identity['type'], value: string | undefined): Identity[] => (value ? [{ type, value }] : []);
