/** A course of work in simulated time: it yields the seconds until it continues. */
export type Course<Result = void> = Generator<number, Result, void>;

/** Simulated time, and what is to happen in it. */
export interface Agenda {
  /** Seconds since the beginning. */
  now(): number;
  /** Has something happen after so many seconds. */
  after(seconds: number, happen: () => void): void;
  /** Begins a course of work at once, and calls `ended` with its result. */
  begin<Result>(course: Course<Result>, ended?: (result: Result) => void): void;
  /** How much is left to happen. */
  left(): number;
  /** Lets time pass until nothing is left to happen, or until a moment. */
  run(untilSeconds?: number): void;
}

/** An agenda at second 0. What happens at the same moment happens in the order in which it was asked for. */
export const newAgenda = (): Agenda => {
  const heap = momentHeap();
  let now = 0;
  const after = (seconds: number, happen: () => void) => heap.push(now + Math.max(0, seconds), happen);

  const begin = <Result>(course: Course<Result>, ended: (result: Result) => void = () => {}): void => {
    const proceed = () => {
      const { done, value } = course.next();
      if (done) ended(value as Result);
      else after(value as number, proceed);
    };
    proceed();
  };

  return {
    now: () => now,
    after,
    begin,
    left: heap.size,
    run: (untilSeconds = Number.POSITIVE_INFINITY) => {
      while (heap.earliest() <= untilSeconds) {
        const moment = heap.pop();
        if (!moment) return;
        now = moment.at;
        moment.happen();
      }
    },
  };
};

interface Moment {
  readonly at: number;
  /** Which of the moments at the same time was asked for first. */
  readonly order: number;
  readonly happen: () => void;
}

const isBefore = (one: Moment, other: Moment): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** Moments by their time: a binary heap, as a large import has millions of them. */
const momentHeap = () => {
  const moments: Moment[] = [];
  let asked = 0;

  const rise = (from: number): void => {
    const moment = moments[from] as Moment;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = moments[above] as Moment;
      if (!isBefore(moment, parent)) break;
      moments[at] = parent;
      at = above;
    }
    moments[at] = moment;
  };
  const sink = (moment: Moment): void => {
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= moments.length) break;
      const right = moments[below + 1];
      if (right && isBefore(right, moments[below] as Moment)) below += 1;
      const child = moments[below] as Moment;
      if (!isBefore(child, moment)) break;
      moments[at] = child;
      at = below;
    }
    moments[at] = moment;
  };

  return {
    size: (): number => moments.length,
    earliest: (): number => moments[0]?.at ?? Number.POSITIVE_INFINITY,
    push: (at: number, happen: () => void): void => {
      moments.push({ at, order: asked++, happen });
      rise(moments.length - 1);
    },
    pop: (): Moment | undefined => {
      const first = moments[0];
      const last = moments.pop();
      if (last && moments.length > 0) sink(last);
      return first;
    },
  };
};
