/**
 * Whether a call failed because there is no such object; a role without the right to list a bucket gets AccessDenied
 * instead.
 */
export const isNoSuchKey = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof Error && ['NoSuchKey', 'AccessDenied'].includes(error.cause.name);
