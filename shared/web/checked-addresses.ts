import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { WebError } from '#domain/web/web-error.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

/** All addresses of a host name. Throws if there is no such name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** What a host may lead to. */
export interface AddressRules {
  /** For the local stack alone: whether this very machine counts as public. */
  readonly allowsLoopback: boolean;
}

/** Asks the system's resolver for the records of both families. */
export const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, order: 'ipv4first' })).map(({ address }) => address);

/**
 * The addresses of a URL's host, asked for once, to be connected to as they are.
 * @throws WebError LINK_REFUSED if any of them is not public: who owns a name may mix them at will.
 */
export const checkedAddresses = async (
  { hostname }: URL,
  resolve: Resolve,
  rules: AddressRules,
): Promise<readonly string[]> => {
  const literal = hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(literal) === 0 ? await resolveName(hostname, resolve, rules) : [literal];
  if (!addresses.every((address) => isAllowedAddress(address, rules))) throw notPublic();
  return addresses;
};

/** Whether a socket may be connected to this address. */
export const isAllowedAddress = (address: string, { allowsLoopback }: AddressRules): boolean =>
  isPublicAddress(address) || (allowsLoopback && isLoopbackAddress(address));

/** The same words for everything that is refused, so that they reveal nothing about what is inside. */
export const notPublic = (): WebError =>
  new WebError('LINK_REFUSED', 'The link leads to an address that is not on the public internet');

const resolveName = async (hostname: string, resolve: Resolve, rules: AddressRules): Promise<readonly string[]> => {
  if (isInternalName(hostname) && !(rules.allowsLoopback && hostname === 'localhost')) throw notPublic();
  const addresses = await resolve(hostname).catch(() => []);
  if (addresses.length === 0) throw new WebError('UNREACHABLE', "The link's host was not found");
  return addresses;
};

/** Names that mean something within a network only (RFC 6761, 6762, 8375), and those without a dot. */
const isInternalName = (hostname: string): boolean => {
  const labels = hostname.replace(/\.$/, '').split('.');
  return labels.length < 2 || internalSuffixes.has(labels.at(-1) ?? '') || hostname.endsWith('home.arpa');
};

const internalSuffixes: ReadonlySet<string> = new Set([
  'localhost',
  'local',
  'internal',
  'localdomain',
  'lan',
  'onion',
]);
