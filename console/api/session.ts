import { useSyncExternalStore } from 'react';

/** Who is signed in, in this tab only. */
export interface Session {
  readonly key: string;
  readonly name: string;
  readonly scope: string;
  readonly rights: readonly string[];
  /** The API refused the key meanwhile. */
  readonly isRefused?: boolean;
}

const storedAs = 'rollcall.session';

const readStored = (): Session | undefined => {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storedAs) ?? 'null');
    return typeof stored === 'object' && stored !== null && 'key' in stored ? (stored as Session) : undefined;
  } catch {
    return undefined;
  }
};

let current = readStored();
const listeners = new Set<() => void>();

const become = (session: Session | undefined): void => {
  current = session;
  if (session === undefined) sessionStorage.removeItem(storedAs);
  else sessionStorage.setItem(storedAs, JSON.stringify(session));
  for (const listener of listeners) listener();
};

/** Signs in, in this tab until it closes. */
export const signIn = (session: Session): void => become(session);

/** Forgets the key. */
export const signOut = (): void => become(undefined);

/** Notes that the API refused the key, without throwing away what is on the screen. */
export const noteRefusal = (): void => {
  if (current && !current.isRefused) become({ ...current, isRefused: true });
};

/** The session now. */
export const session = (): Session | undefined => current;

/** The session, for a component that follows it. */
export const useSession = (): Session | undefined =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, session);

/** Whether the key has a right. */
export const useMay = (right: string): boolean => useSession()?.rights.includes(right) ?? false;
