import { useNavigate, useSearch } from '@tanstack/react-router';

/** What the address says behind the question mark; every value is text. */
export type Address = Readonly<Partial<Record<string, string>>>;

/** Reads a search string; an empty value is none. */
export const readAddress = (search: string): Address =>
  Object.fromEntries([...new URLSearchParams(search)].filter(([, value]) => value !== ''));

/** Writes a search string; what is undefined or empty is left out. */
export const writeAddress = (address: Readonly<Record<string, unknown>>): string => {
  const said = Object.entries(address).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
};

/** The state of a screen, which its address holds, and how to change members of it. */
export const useAddress = (): [Address, (change: Address, options?: { replace?: boolean }) => void] => {
  const address = useSearch({ strict: false }) as Address;
  const navigate = useNavigate();
  const change = (members: Address, { replace = false } = {}) =>
    void navigate({ to: '.', search: (before: Address) => ({ ...before, ...members }), replace } as never);
  return [address, change];
};

/** Members of an address, without those that it does not say. */
export const pick = <Name extends string>(address: Address, names: readonly Name[]): { [Key in Name]?: string } =>
  Object.fromEntries(names.flatMap((name) => (address[name] === undefined ? [] : [[name, address[name]]]))) as {
    [Key in Name]?: string;
  };
