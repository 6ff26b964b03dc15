import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address belongs to one machine on the public internet: not private, loopback, link-local, shared,
 * reserved, multicast or for documentation, and no IPv6 address that has another address inside (IANA special-purpose
 * registries).
 */
export const isPublicAddress = (address: string): boolean => {
  const parsed = parseAddress(address);
  if (parsed?.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv6 ? isGlobalUnicast(parsed) : !hostServices.has(address);
};

/** Whether an IP address is this very machine. */
export const isLoopbackAddress = (address: string): boolean => parseAddress(address)?.range() === 'loopback';

/** Whether two texts are the same IP address. */
export const isSameAddress = (one: string, other: string): boolean => {
  const [left, right] = [parseAddress(one), parseAddress(other)];
  return left !== undefined && left.toNormalizedString() === right?.toNormalizedString();
};

/** An address as a socket has it, or nothing: `ipaddr.parse` alone would also take `0x7f.1`. A zone names an interface. */
const parseAddress = (text: string) => (isIP(text) === 0 || text.includes('%') ? undefined : ipaddr.parse(text));

/** Everything else of IPv6 is reserved (RFC 4291), IPv4-compatible addresses among it. */
const isGlobalUnicast = (address: ipaddr.IPv6): boolean => address.match(globalUnicast);

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Looks public, and is what machines of one cloud reach their host by. */
const hostServices: ReadonlySet<string> = new Set(['168.63.129.16']);
