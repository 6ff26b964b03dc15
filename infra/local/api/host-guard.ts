import type { IncomingMessage } from 'node:http';
import { type GatewayAnswer, gatewayMessage } from './gateway-answer.ts';

/** The refusal of a request that calls the gateway by a name that is not its own; `undefined` for any other. */
export type RefuseHost = (request: IncomingMessage) => GatewayAnswer | undefined;

const ownNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Keeps web pages of others out: a page whose name leads to this machine, by a trick with DNS, would be of the same
 * origin as the API, whose local keys are public.
 */
export const hostGuard = (others: readonly string[]): RefuseHost => {
  const names = new Set([...ownNames, ...others]);
  return ({ headers: { host = '' } }) => {
    const name = host.toLowerCase().replace(/:\d{1,5}$/, '');
    return name === '' || names.has(name) ? undefined : gatewayMessage(403, 'Forbidden');
  };
};
