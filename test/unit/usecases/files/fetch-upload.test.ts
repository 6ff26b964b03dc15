import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FetchJob } from '#domain/files/fetch-ports.ts';
import type { UploadSession } from '#domain/files/ports.ts';
import { WebError } from '#domain/web/web-error.ts';
import { type Behaviour, scriptedDownloads } from '#test/support/files/scripted-downloads.ts';
import { memoryPartSize as partSize } from '#test/support/memory/memory-fetches.ts';
import { emptyMemory, type Memory, memoryPorts, type Step } from '#test/support/memory-ports.ts';
import { fetchUpload } from '#usecases/files/fetch-upload.ts';

const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
const key = `uploads/${sessionId}/file`;
const link = 'https://user:password@files.example/a.csv';
const session: UploadSession = {
  sessionId,
  settings: { dedupeOn: 'email', customFieldsIDs: [], groupNames: [], groupNamesExclude: [], restoreDeleted: false },
  state: 'STARTED',
  total: 0,
  chunkCount: 0,
  createdAt: '2026-01-05T09:00:00.000Z',
  upload: { link: 'https://files.example/a.csv' },
};

/** Two parts and a half. */
const file = randomBytes(2.5 * partSize);
const maxBytes = 1_000 * partSize;

/** A fetch of the file by a server that follows a script; each `deliver` is a delivery of the message. */
const fetching = (script?: readonly Behaviour[], bytes = file) => {
  const memory = emptyMemory();
  const { downloads, asked } = scriptedDownloads(bytes, script);
  const pauses: number[] = [];
  const leastPauses: number[] = [];
  const clock = { now: Date.parse('2026-01-05T09:00:01.000Z') };
  const deliver = async (step?: Step, message?: FetchJob) => {
    const ports = {
      ...memoryPorts({ memory, ...(step && { step }) }),
      downloads,
      maxBytes,
      workMilliseconds: 13 * 60_000,
      now: () => new Date(clock.now).toISOString(),
      newId: () => crypto.randomUUID(),
      pause: async (milliseconds: number, atLeast = 0) => {
        pauses.push(milliseconds);
        leastPauses.push(atLeast);
      },
    };
    await fetchUpload(ports, message ?? { session, sealedLink: await ports.sealer.seal(link, sessionId) });
  };
  return { memory, asked, pauses, leastPauses, clock, deliver };
};

const stored = { sessionId, file: { key, size: file.length } };

const storedIs = (memory: Memory, bytes = file) => memory.files.get(key)?.equals(bytes);

const reasonIn = (memory: Memory) => memory.sessions.get(sessionId)?.reason;

describe('a file behind a link', () => {
  it('lies in the bucket byte for byte and is handed on to be cut, once', async () => {
    const { memory, asked, deliver } = fetching();

    await deliver();

    expect(asked).toMatchObject([{ link, from: 0, maxBytes }]);
    expect(storedIs(memory)).toBe(true);
    expect(memory.sentSplits).toEqual([stored]);
    expect(memory.sessions.get(sessionId)).toMatchObject({ state: 'STARTED' });
    expect(memory.partialFiles.size).toBe(0);
  });

  it('that is as long as its parts, or shorter than one, is not longer for it', async () => {
    for (const size of [1, partSize - 1, partSize, 2 * partSize, 2 * partSize + 1]) {
      const { memory, deliver } = fetching(undefined, file.subarray(0, size));

      await deliver();

      expect(storedIs(memory, file.subarray(0, size))).toBe(true);
      expect(memory.sentSplits).toEqual([{ sessionId, file: { key, size } }]);
    }
  });

  it('is gone on with where the connection was lost, not begun anew', async () => {
    const { memory, asked, pauses, deliver } = fetching([{ cutAfter: 1_000 }, { cutAfter: partSize }, {}]);

    await deliver();

    expect(asked.map(({ from, validator }) => [from, validator])).toEqual([
      [0, undefined],
      [1_000, '"1"'],
      [1_000 + partSize, '"1"'],
    ]);
    expect(storedIs(memory)).toBe(true);
    expect(pauses).toEqual([1_000, 1_000]);
  });

  it('is begun anew where its server cannot go on', async () => {
    const { memory, asked, deliver } = fetching([{ tag: null, cutAfter: partSize + 1_000 }, {}]);

    await deliver();

    expect(asked.map(({ from }) => from)).toEqual([0, partSize]);
    expect(asked.map(({ validator }) => validator)).toEqual([undefined, undefined]);
    expect(storedIs(memory)).toBe(true);
    expect(memory.partialFiles.size).toBe(0);
  });

  it('is begun anew where it became another one on the way', async () => {
    const other = randomBytes(partSize + 5);
    const { memory, deliver } = fetching([{ cutAfter: 2 * partSize }, { file: other, tag: '"2"' }]);

    await deliver();

    expect(storedIs(memory, other)).toBe(true);
    expect(memory.sentSplits).toEqual([{ sessionId, file: { key, size: other.length } }]);
  });

  it('is asked for the rest of where a server sends less than it promised', async () => {
    const { memory, asked, deliver } = fetching([{ endAfter: 1_000 }, {}]);

    await deliver();

    expect(asked.map(({ from }) => from)).toEqual([0, 1_000]);
    expect(storedIs(memory)).toBe(true);
  });

  it('is asked for the rest of where a server promises the length only of a part that it sends in pieces', async () => {
    const { memory, asked, deliver } = fetching([
      { isEndless: true, cutAfter: 1_000 },
      { endAfter: 2_000 },
      { endAfter: 2_000 },
      {},
    ]);

    await deliver();

    expect(asked.map(({ from }) => from)).toEqual([0, 1_000, 3_000, 5_000]);
    expect(storedIs(memory)).toBe(true);
  });

  it('is whole where it ends, if its server promised nothing', async () => {
    const { memory, asked, deliver } = fetching([{ isEndless: true }]);

    await deliver();

    expect(asked).toHaveLength(1);
    expect(storedIs(memory)).toBe(true);
  });

  it('is begun anew where its parts are gone', async () => {
    const memory = emptyMemory();
    const dropAll = () => memory.partialFiles.clear();
    const { downloads } = scriptedDownloads(file, [
      { cutAfter: partSize + 9 },
      { onPiece: dropAll, cutAfter: partSize },
      {},
    ]);
    const ports = { ...memoryPorts({ memory }), downloads, maxBytes, workMilliseconds: 60_000 };

    await fetchUpload(ports, { session, sealedLink: await ports.sealer.seal(link, sessionId) });

    expect(storedIs(memory)).toBe(true);
  });
});

describe('a server that fails', () => {
  const unreachable = new WebError('UNREACHABLE', "The link's server could not be reached");

  it.each([
    ['refused', new WebError('LINK_REFUSED', 'The link leads to an address that is not on the public internet')],
    ['not found', new WebError('SERVER_REFUSED', "The link's server answered 404")],
    ['too large', new WebError('TOO_LARGE', 'The file has more than 300 MB')],
  ])('for good ends the import in ERROR at once and says why: %s', async (_, failure) => {
    const { memory, asked, deliver } = fetching([{ cutAfter: partSize }, { fails: failure }]);

    await deliver();

    expect(asked).toHaveLength(2);
    expect(memory.sessions.get(sessionId)).toMatchObject({ state: 'ERROR', reason: failure.message });
    expect(memory.sentSplits).toEqual([]);
    expect([memory.partialFiles.size, memory.files.size]).toEqual([0, 0]);
  });

  it('from the beginning is given up after four attempts', async () => {
    const { memory, asked, pauses, deliver } = fetching([{ fails: unreachable }]);

    await deliver();

    expect(asked).toHaveLength(4);
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
    expect(reasonIn(memory)).toBe(unreachable.message);
  });

  it('after its first bytes is given up after eight attempts in a row', async () => {
    const { memory, asked, deliver } = fetching([{ cutAfter: 10 }, { fails: unreachable }]);

    await deliver();

    expect(asked).toHaveLength(8);
    expect(reasonIn(memory)).toBe(unreachable.message);
  });

  it('but sends more each time is asked for as long as it does', async () => {
    const { memory, asked, deliver } = fetching([...Array<Behaviour>(20).fill({ cutAfter: partSize / 16 }), {}]);

    await deliver();

    expect(asked).toHaveLength(21);
    expect(storedIs(memory)).toBe(true);
  });

  it('and wants to be left alone is left alone for as long, up to a minute', async () => {
    const busy = (seconds: number) => ({ fails: new WebError('SERVER_BUSY', 'busy', seconds) });
    const { leastPauses, deliver } = fetching([busy(7), busy(900), {}]);

    await deliver();

    expect(leastPauses).toEqual([7_000, 60_000]);
  });

  it('with an empty file ends the import in ERROR', async () => {
    const { memory, deliver } = fetching(undefined, Buffer.alloc(0));

    await deliver();

    expect(reasonIn(memory)).toBe('The file is empty');
  });
});

describe('a slow file', () => {
  const minutes = (count: number) => count * 60_000;

  it('is handed on to another worker before a function has to end, and gone on with there', async () => {
    const { memory, asked, clock, deliver } = fetching([{ onPiece: () => (clock.now += minutes(1)) }, {}]);

    await deliver();
    expect(memory.sentFetches).toHaveLength(1);
    expect(memory.sentSplits).toEqual([]);
    await deliver(undefined, memory.sentFetches[0]);

    expect(asked.map(({ from }) => from)).toEqual([0, 13 * 2 * 1024]);
    expect(storedIs(memory)).toBe(true);
    expect(memory.sentSplits).toEqual([stored]);
  });

  it('whose server cannot go on is given up then', async () => {
    const { memory, clock, deliver } = fetching([{ tag: null, onPiece: () => (clock.now += minutes(1)) }]);

    await deliver();

    expect(reasonIn(memory)).toBe('The file took too long, and its server cannot resume a broken download');
    expect(memory.sentFetches).toEqual([]);
  });

  it('is given up after two hours in all', async () => {
    const { memory, clock, deliver } = fetching(
      [{ onPiece: () => (clock.now += minutes(0.25)) }],
      randomBytes(100 * partSize),
    );

    for (let delivery = 0; delivery < 11; delivery++) await deliver();

    expect(reasonIn(memory)).toBe('The file took more than 120 minutes');
    expect(memory.partialFiles.size).toBe(0);
  });

  it('of which a worker gets less than can be kept is given up, as the next would get no further', async () => {
    const { memory, clock, deliver } = fetching([{ cutAfter: 10, onPiece: () => (clock.now += minutes(14)) }]);

    await deliver();

    expect(reasonIn(memory)).toBe('The file comes too slowly to be fetched');
    expect([memory.sentFetches.length, memory.partialFiles.size]).toEqual([0, 0]);
  });

  it('gives its server no more time than is left', async () => {
    const { asked, deliver } = fetching();

    await deliver();

    expect(asked[0]?.milliseconds).toBe(minutes(13));
  });
});

describe('a message', () => {
  it('makes the session where whoever accepted it was cut short', async () => {
    const { memory, deliver } = fetching();

    await deliver();

    expect(memory.sessions.get(sessionId)).toEqual(session);
  });

  it('about a file in the bucket hands it on', async () => {
    const { memory, asked, deliver } = fetching();

    await deliver(undefined, { session, file: { key, size: 7 } });

    expect(asked).toEqual([]);
    expect(memory.sentSplits).toEqual([{ sessionId, file: { key, size: 7 } }]);
    expect(memory.sessions.has(sessionId)).toBe(true);
  });

  it('that comes again hands the same file on again, without fetching it', async () => {
    const { memory, asked, deliver } = fetching();

    await deliver();
    await deliver();

    expect(asked).toHaveLength(1);
    expect(memory.sentSplits).toEqual([stored, stored]);
  });

  it.each([{ state: 'ERROR' }, { state: 'FINISHED' }, { fileError: 'gone' }] as const)(
    'about an import that is over is let go: %j',
    async (over) => {
      const { memory, asked, deliver } = fetching();
      memory.sessions.set(sessionId, { ...session, ...over });

      await deliver();

      expect(asked).toEqual([]);
      expect(memory.sentSplits).toEqual([]);
    },
  );

  it('whose link was sealed for another session, or changed, ends the import in ERROR', async () => {
    for (const sealedLink of ['changed', await memoryPorts().sealer.seal(link, 'another')]) {
      const { memory, asked, deliver } = fetching();

      await deliver(undefined, { session, sealedLink });

      expect(asked).toEqual([]);
      expect(reasonIn(memory)).toBe('The link can no longer be read; please send it again');
    }
  });
});

describe('whoever is killed', () => {
  const script = [{ cutAfter: 1.25 * partSize }, {}];

  /** How many steps an undisturbed fetch takes. */
  const stepsOf = async (): Promise<number> => {
    let steps = 0;
    await fetching(script).deliver(async () => void steps++);
    return steps;
  };

  const dyingAt = (last: number): Step => {
    let steps = 0;
    return async () => {
      if (steps++ >= last) throw new Error('killed');
    };
  };

  it('at any step is followed by one who ends in the same file and one import', async () => {
    const steps = await stepsOf();
    expect(steps).toBeGreaterThan(10);

    for (let last = 0; last < steps; last++) {
      const { memory, deliver } = fetching(script);
      await expect(deliver(dyingAt(last))).rejects.toThrow('killed');
      await deliver();

      expect([last, storedIs(memory)]).toEqual([last, true]);
      expect(new Set(memory.sentSplits.map((split) => JSON.stringify(split)))).toEqual(
        new Set([JSON.stringify(stored)]),
      );
      expect(reasonIn(memory)).toBeUndefined();
    }
  });

  it('while giving up is followed by one who gives up', async () => {
    const failure = new WebError('SERVER_REFUSED', "The link's server answered 404");
    const failing = [{ cutAfter: partSize }, { fails: failure }];
    let steps = 0;
    await fetching(failing).deliver(async () => void steps++);

    for (let last = 0; last < steps; last++) {
      const { memory, deliver } = fetching(failing);
      await expect(deliver(dyingAt(last))).rejects.toThrow('killed');
      await deliver();

      expect([last, memory.sessions.get(sessionId)?.state, reasonIn(memory)]).toEqual([last, 'ERROR', failure.message]);
    }
  });

  it('later than another has taken over leaves the file to it', async () => {
    const steps = await stepsOf();
    let overtaken = 0;

    for (let meeting = 0; meeting < steps; meeting++) {
      const { memory, deliver } = fetching(script);
      let taken = 0;
      const slow: Step = async () => {
        if (taken++ === meeting) await deliver();
      };
      await deliver(slow).catch((error: Error) => {
        expect(error.message).toBe('Another delivery fetches this file now');
        overtaken++;
      });

      expect([meeting, storedIs(memory)]).toEqual([meeting, true]);
      expect(new Set(memory.sentSplits.map((split) => JSON.stringify(split)))).toEqual(
        new Set([JSON.stringify(stored)]),
      );
      expect([reasonIn(memory), memory.partialFiles.size]).toEqual([undefined, 0]);
    }
    expect(overtaken).toBeGreaterThan(5);
  });

  it('cannot end the import of one who has taken over', async () => {
    const { memory, deliver } = fetching([{ cutAfter: 10 }, { fails: new WebError('SERVER_REFUSED', '404') }, {}]);
    let isMet = false;
    const slow: Step = async (name) => {
      if (!name.startsWith('abandonFetch') || isMet) return;
      isMet = true;
      await deliver();
    };

    await expect(deliver(slow)).rejects.toThrow('Another delivery');

    expect(storedIs(memory)).toBe(true);
    expect(reasonIn(memory)).toBeUndefined();
  });
});
