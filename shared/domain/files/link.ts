import { WebError } from '../web/web-error.ts';

/** A link to another server in the one form that is both checked and used. */
export interface Link {
  /** Without credentials and fragment. */
  readonly url: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** Those of the link itself; they are for its origin only. */
  readonly credentials?: LinkCredentials;
}

/** What comes before the `@` of a link, decoded. */
export interface LinkCredentials {
  readonly user: string;
  readonly password: string;
}

/** What a deployment lets callers link to. */
export interface LinkRules {
  /** Whether `http://` is good enough, or only `https://`. */
  readonly allowsHttp: boolean;
}

/** The longest link, signed ones with a token of their account included. */
const maxLength = 8000;

/**
 * Reads a link that a caller named. Where its host leads is checked when it is connected to.
 * @throws WebError LINK_REFUSED.
 */
export const readLink = (text: string, { allowsHttp }: LinkRules): Link => {
  const url = parse(text.trim());
  if (url.protocol !== 'https:' && !allowsHttp) throw refused('must begin with https://');
  if (!isOpenPort(url.port)) throw refused('leads to a port that is not for files');
  const credentials = credentialsOf(url);
  url.username = '';
  url.password = '';
  url.hash = '';
  return { url: url.href, origin: url.origin, ...(credentials && { credentials }) };
};

/**
 * What may be remembered and shown of a link: where it leads, without credentials and the query, which may hold some.
 */
export const publicPartOf = ({ url }: Link): string => {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
};

/** The last part of a link's path, decoded; `undefined` if the path has none. */
export const fileNameOf = ({ url }: Link): string | undefined =>
  decoded(new URL(url).pathname.split('/').at(-1) ?? '') || undefined;

const parse = (text: string): URL => {
  if (text.length > maxLength) throw refused(`has more than ${maxLength} characters`);
  // URL would take out the one and turn round the other, so that people and programs read another host in it.
  if (unreadable.test(text)) throw refused('has control characters or backslashes in it');
  if (!/^https?:\/\/[^/]/i.test(text)) throw refused('must begin with https:// or http://');
  const url = URL.parse(text);
  if (!url) throw refused('is malformed');
  return url;
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unreadable = /[\u0000-\u001F\u007F\\]/;

const isOpenPort = (port: string): boolean =>
  port === '' || port === '80' || port === '443' || (Number(port) >= 1024 && !servicePorts.has(Number(port)));

/** Services above 1023 that speak no public HTTP; some of them obey anyone who connects. */
const servicePorts: ReadonlySet<number> = new Set([
  1080, 1099, 1433, 1434, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380, 3128, 3268, 3269, 3306, 3389,
  3659, 4045, 4190, 5060, 5061, 5432, 5433, 5672, 5900, 5984, 5985, 5986, 6000, 6379, 6380, 6443, 6566, 6665, 6666,
  6667, 6668, 6669, 6679, 6697, 7000, 7001, 8500, 9042, 9092, 9100, 9200, 9300, 10_080, 10_250, 10_255, 11_211, 15_672,
  16_379, 26_379, 27_017, 27_018, 27_019, 28_017,
]);

const credentialsOf = ({ username, password }: URL): LinkCredentials | undefined =>
  username === '' && password === '' ? undefined : { user: decoded(username), password: decoded(password) };

/** A `%` that begins no character stands for itself. */
const decoded = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (characters) => {
    try {
      return decodeURIComponent(characters);
    } catch {
      return characters;
    }
  });

const refused = (why: string): WebError => new WebError('LINK_REFUSED', `The link ${why}`);
