/** Messages that wait in a queue, the oldest first. */
export interface Waiting {
  put(messages: number, since: number, deliveries: number): void;
  /** Takes messages from the front, at most so many, and how often the most unlucky of them was delivered with this time. */
  take(most: number): { readonly count: number; readonly deliveries: number };
  count(): number;
  /** Since when the oldest has waited. */
  oldest(): number;
}

interface Group {
  messages: number;
  readonly since: number;
  readonly deliveries: number;
}

/** How many taken groups are kept before the rest moves up. */
const mostTaken = 1024;

/** An empty queue. Messages that came together are counted and not kept, as a queue may hold millions. */
export const newWaiting = (): Waiting => {
  let groups: Group[] = [];
  let first = 0;
  let count = 0;
  const tidy = (): void => {
    if (first < mostTaken) return;
    groups = groups.slice(first);
    first = 0;
  };

  return {
    count: () => count,
    oldest: () => groups[first]?.since ?? Number.POSITIVE_INFINITY,
    put: (messages, since, deliveries) => {
      groups.push({ messages, since, deliveries });
      count += messages;
    },
    take: (most) => {
      const taken = Math.min(most, count);
      let deliveries = 0;
      for (let left = taken; left > 0; ) {
        const group = groups[first];
        if (!group) break;
        const part = Math.min(left, group.messages);
        group.messages -= part;
        left -= part;
        deliveries = Math.max(deliveries, group.deliveries);
        if (group.messages === 0) first += 1;
      }
      count -= taken;
      tidy();
      return { count: taken, deliveries: deliveries + 1 };
    },
  };
};
