import type { Course } from '../agenda.ts';
import { newBus } from '../bus.ts';
import { coldSeconds, eventSource } from '../event-source.ts';
import { runSteps } from '../run-steps.ts';
import type { StageFunction } from '../stage.ts';
import { countDone, type World } from '../world.ts';
import { listenersOf, perform } from './listeners.ts';
import type { Scenario } from './scenario.ts';

/** How fast people subscribe, and for how long. */
export interface Crowd {
  readonly perSecond: number;
  readonly seconds: number;
}

/** New subscribers, by chance so many a second; a request for which the account has no room is answered with 503. */
export const subscribe = (world: World, { perSecond, seconds }: Crowd): Scenario => {
  const { agenda, account, meters, random, figures } = world;
  const fn = functionOf(world, 'subscribe-contact');
  const { newSubscriber: footprint } = figures.footprints;
  const checks = eventSource(
    world,
    'subscriptions',
    perform(world, { ...footprint, handles: 1, steps: [checkStep], events: 0 }),
  );
  const listeners = listenersOf(world, 'subscribeFromApi');
  const bus = newBus(world, listeners);
  let atWork = 0;
  let environments = 0;

  /** Seconds that a request takes, of late. */
  let usual = 0.1;
  const serve = function* (requests: number, isCold: boolean): Course<boolean> {
    if (isCold) yield coldSeconds(world, fn);
    const startedAt = agenda.now();
    const hasEnded = yield* runSteps(world, { footprint, memoryMiB: fn.memoryMiB, times: requests, bus });
    usual += (agenda.now() - startedAt - usual) / requestsRemembered;
    return hasEnded;
  };
  /** Requests of one tick, evenly over it: so many functions are at work at once as they take of its time. */
  const accept = (arrived: number): void => {
    const wanted = Math.ceil(arrived * Math.min(1, usual * ticksPerSecond));
    const taken = account.take(wanted);
    const requests = Math.round((arrived * taken) / wanted);
    meters.refusedInvocations += arrived - requests;
    if (requests === 0) {
      account.giveBack(taken);
      return;
    }
    atWork += taken;
    const isCold = atWork > environments;
    if (isCold) meters.coldStarts += atWork - environments;
    environments = Math.max(environments, atWork);
    agenda.after(1 / ticksPerSecond, () => {
      atWork -= taken;
      account.giveBack(taken);
    });
    const startedAt = agenda.now();
    agenda.begin(serve(requests, isCold), (hasEnded) => {
      meters.invocations += requests;
      meters.gigabyteSeconds += (requests * (agenda.now() - startedAt) * fn.memoryMiB) / 1024;
      if (!hasEnded) meters.failedRuns += requests;
      if (!hasEnded) return;
      countDone(world, requests);
      checks.send(requests);
    });
  };
  const arrive = function* (): Course {
    for (let tick = 0; tick < seconds * ticksPerSecond; tick++) {
      const arrived = random.arrivals(perSecond / ticksPerSecond);
      if (arrived > 0) accept(arrived);
      yield 1 / ticksPerSecond;
    }
  };

  return {
    unit: 'subscribers',
    total: perSecond * seconds,
    queues: [...listeners, checks],
    begin: () => agenda.begin(arrive()),
  };
};

const ticksPerSecond = 5;
const requestsRemembered = 20;

const functionOf = ({ stage }: World, name: string): StageFunction => {
  const fn = stage.functions.find((one) => one.name === name);
  if (!fn) throw new Error(`The stage ${stage.name} has no function ${name}`);
  return fn;
};

/** Each new subscriber is looked up once more: the contact, and whether its event is in the log. */
const checkStep = {
  calls: { 'dynamodb BatchGetItem': 1, 'dynamodb GetItem': 1 },
  readUnits: 2,
  writeUnits: 0,
  indexUnits: { byGroup: 0, byTime: 0, directory: 0 },
  importUnits: 0,
  idUnits: 0,
};
