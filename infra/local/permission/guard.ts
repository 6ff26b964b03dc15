import type { Endpoints } from '../engine/endpoints.ts';
import type { KeyNames } from '../table/key-names.ts';
import { accessDenied, type RefusalAnswer } from './access-denied.ts';
import { decideBy } from './decide.ts';
import type { Call, Denial, Grant, Rights } from './grant.ts';
import { callsByService } from './requests/calls-by-service.ts';
import { seeingWhatIsMissing } from './requests/s3-calls.ts';
import type { ServiceRequest } from './requests/service-request.ts';

/** Who is guarded, and what there is to know of what it calls. */
export interface GuardSetup {
  readonly rights: Rights;
  /** The session token that it calls with. */
  readonly token: string;
  readonly keys: KeyNames;
}

/** Where what a guard decides is noted. */
export interface GuardLog {
  /** Grants that were used for the first time, by their positions. */
  used(positions: readonly number[]): void;
  denied(denial: Denial): void;
}

/** Decides the requests of one caller. */
export interface Guard {
  /** The answer to a request that is denied; `undefined` where it may pass. */
  refusalOf(service: keyof Endpoints, request: ServiceRequest): RefusalAnswer | undefined;
  /** Whether the caller is told that an object is not there: who may not list the bucket is told that it has no access. */
  refusalOfMissing(request: ServiceRequest): RefusalAnswer | undefined;
}

/** A guard that knows its caller by the session token of its requests. */
export const guardOf = ({ rights, token, keys }: GuardSetup, log: GuardLog): Guard => {
  const decide = decideBy(rights.grants);
  const callsOf = callsByService(keys);
  const fresh = new Map(rights.grants.map((grant, position) => [grant, position]));
  const note = (grants: readonly Grant[]): void => {
    const positions = grants.flatMap((grant) => fresh.get(grant) ?? []);
    for (const grant of grants) fresh.delete(grant);
    if (positions.length > 0) log.used(positions);
  };
  const isDenied = (call: Call): boolean => {
    const by = decide(call);
    note(by);
    return by.length === 0;
  };

  return {
    refusalOf: (service, request) => {
      const isKnown = request.headers['x-amz-security-token'] === token;
      const { caller } = isKnown ? rights : { caller: 'nobody' };
      const found = callsOf[service](request).find((call) => !isKnown || isDenied(call));
      if (!found) return undefined;
      const denial = { caller, action: found.action, resource: found.resource };
      log.denied(denial);
      return accessDenied(service, denial);
    },
    refusalOfMissing: (request) => {
      const found = seeingWhatIsMissing(request).find(isDenied);
      return found && accessDenied('s3', { caller: rights.caller, ...found });
    },
  };
};
