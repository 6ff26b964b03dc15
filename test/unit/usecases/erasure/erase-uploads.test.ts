import { describe, expect, it } from 'vitest';
import { identitiesOf } from '#domain/contacts/identity.ts';
import { erasedContact } from '#domain/erasure/erasure.ts';
import type { UploadSession } from '#domain/files/ports.ts';
import { countOutcomes } from '#domain/imports/counts.ts';
import type { ImportChunk, ImportRow, ImportState, RowOutcome } from '#domain/imports/import-session.ts';
import { fingerprint } from '#identity/fingerprint.ts';
import { bareContact } from '#test/support/contacts/bare-contact.ts';
import { importSettings } from '#test/support/imports/import-runs.ts';
import { fileFormat } from '#test/support/makers.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { eraseTraces } from '#usecases/erasure/erase-traces.ts';
import { settlingSeconds } from '#usecases/erasure/settling.ts';

const john = bareContact({ id: 7, email: 'john@example.com' });
const erasures = [{ contactId: 7, fingerprints: identitiesOf(john, new Set()).map(fingerprint) }];
const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';

const made = () => {
  const ports = memoryPorts();
  ports.memory.contacts.set(7, erasedContact(john, { token: 'erase', now: '2026-01-03T00:00:00.000Z' }));
  return {
    ...ports,
  };
};

const row = (number: number, email: string): ImportRow => ({
  row: number,
  line: number + 1,
  cells: [email, `said of ${email}`],
  draft: { email },
});

/** A file that was cut into a window a chunk, of which one had been cut before by somebody who died. */
const cutFile = async (
  ports: ReturnType<typeof made>,
  about: { readonly state: ImportState; readonly dryRun?: true },
): Promise<void> => {
  const session: UploadSession = {
    sessionId,
    settings: importSettings(),
    total: 0,
    chunkCount: 0,
    createdAt: '2026-01-01T00:00:00.000Z',
    upload: {},
    ...about,
  };
  const windows = [[row(1, 'john@example.com'), row(2, 'jane@example.com')], [row(3, 'jim@example.com')]];
  await ports.imports.createUpload(session);
  await ports.importFiles.putWindow({ sessionId, number: 1, attemptId: 'dead' }, [windows[0] ?? []]);
  for (const [index, rows] of windows.entries()) {
    const number = index + 1;
    const [range] = await ports.importFiles.putWindow({ sessionId, number, attemptId: 'live' }, [rows]);
    if (!range) throw new Error('The window has no range');
    const chunk: ImportChunk = { sessionId, number, rowCount: rows.length, ...range, state: 'open' };
    await ports.imports.addChunks(session, {
      chunks: [chunk],
      checkpoint: {
        windowCount: number,
        rowCount: 0,
        chunkCount: number,
        sentCount: index,
        format: fileFormat(),
      },
      file: { delimiter: ',', encoding: 'utf-8', header: ['email', 'note'], notes: [], isComplete: number === 2 },
    });
    const outcomes = rows.map((each): RowOutcome => outcomeOf(each.row, about.dryRun));
    const outcomesKey = await ports.importFiles.putOutcomes(chunk, 'attempt', outcomes);
    await ports.imports.endChunk({ ...chunk, state: 'done', counts: countOutcomes(outcomes), outcomesKey });
  }
};

const outcomeOf = (number: number, dryRun: true | undefined): RowOutcome => ({
  row: number,
  outcome: 'created',
  dedupeValue: ['', 'john@example.com', 'jane@example.com', 'jim@example.com'][number] ?? '',
  ...(!dryRun && { contactId: 6 + number }),
});

const textOf = ({ memory }: ReturnType<typeof made>) => [...memory.objects.values()].join('');

describe('the traces of an erased contact in a file', () => {
  it.each([
    ['was imported', { state: 'FINISHED' }],
    ['was only tried', { state: 'FINISHED', dryRun: true }],
  ] as const)('that %s are gone from its windows, those of workers who died among them', async (_, about) => {
    const ports = made();
    await cutFile(ports, about);

    await eraseTraces(ports, [{ erasures }]);

    expect(textOf(ports)).not.toContain('john@example.com');
    expect(textOf(ports)).toContain('said of jane@example.com');
    expect(ports.memory.sentErasures).toEqual([]);
    const chunks = await ports.imports.listChunks(sessionId);
    const rows = await Promise.all(chunks.map((chunk) => ports.importFiles.readRows(chunk)));
    expect(rows.flat()).toEqual([
      expect.objectContaining({ row: 1, values: {} }),
      row(2, 'jane@example.com'),
      row(3, 'jim@example.com'),
    ]);
  });

  it('leave the windows alone that have none of them', async () => {
    const ports = made();
    await cutFile(ports, { state: 'FINISHED' });
    const { importFiles } = ports;
    const blanked: (string | undefined)[] = [];
    const watched = {
      ...importFiles,
      blankRows: (...[of, rows]: Parameters<typeof importFiles.blankRows>) => {
        blanked.push(of.rowsKey);
        return importFiles.blankRows(of, rows);
      },
    };

    await eraseTraces({ ...ports, importFiles: watched }, [{ erasures }]);

    expect(blanked.sort()).toEqual(['1-dead', '1-live'].map((name) => `imports/${sessionId}/rows/${name}.ndjson`));
  });

  it('are looked for again later while the file is still being cut, though all its chunks are over', async () => {
    const ports = made();
    await cutFile(ports, { state: 'IMPORTING' });

    await eraseTraces(ports, [{ erasures }]);

    expect(textOf(ports)).not.toContain('john@example.com');
    expect(ports.memory.sentErasures).toEqual([{ erasures, delaySeconds: settlingSeconds }]);
  });
});
