import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import * as z from 'zod';
import type { LocalStackOptions } from '#infra/local/start-local-stack.ts';
import type { LocalSettings } from '#infra/local/synthesis.ts';
import type { Template } from '#infra/local/template/template.ts';
import { settingsOf } from '#infra/settings.ts';
import { synthesize } from '#infra/synthesize.ts';
import { answered, apiClient, type Schemas } from './api-client.ts';
import { startTestStack, type TestStack, testKey, waitFor } from './local-stack.ts';

/** How a flow stack differs from what was built. */
interface FlowStackOptions extends LocalStackOptions {
  /** Deliveries after which a chunk or a file is given up, where a test kills its workers more often than the stack allows. */
  readonly maxReceiveCount?: number;
  /** When new subscribers are looked at once more. */
  readonly subscriptionCheckSeconds?: number;
  /** Whether joining and leaving segments is told on the bus. */
  readonly segmentEvents?: boolean;
  /** Whether nobody is named whom e-mails come from. */
  readonly isWithoutSender?: boolean;
}

/** Runs the stack that was built for all flow tests, with engines of its own. */
export const startFlowStack = ({
  maxReceiveCount,
  subscriptionCheckSeconds,
  segmentEvents = false,
  isWithoutSender = false,
  settings,
  ...options
}: FlowStackOptions = {}): Promise<TestStack> => {
  const { template, stackName, folders, compiled } = inject('stack');
  const folderOf = (key: string): string => {
    const folder = folders[key];
    if (folder === undefined) throw new Error(`There is no asset ${key}`);
    return folder;
  };
  const parsed = JSON.parse(
    (settings ? templateWith(settings, template) : template).replaceAll(
      '"SEGMENT_EVENTS":"false"',
      `"SEGMENT_EVENTS":"${segmentEvents}"`,
    ),
  );
  for (const name of maxReceiveCount === undefined ? [] : ['chunks', 'uploads-fetch', 'uploads-split', 'undos']) {
    Object.assign(queueOf(parsed, name).RedrivePolicy, { maxReceiveCount });
  }
  if (isWithoutSender) dropSender(parsed);
  if (subscriptionCheckSeconds !== undefined) queueOf(parsed, 'subscriptions').DelaySeconds = subscriptionCheckSeconds;
  return startTestStack({ source: { template: parsed, stackName, folderOf, compiled }, ...options });
};

let shared: Promise<TestStack> | undefined;

/**
 * The stack that all files which ask for nothing special share, one in each worker, so that its functions load once. What a
 * file puts there has names of its own; nobody stops it: its engines end with the worker, and `test/flow/synthesize-once.ts`
 * removes its folders.
 */
export const sharedFlowStack = (): Promise<TestStack> => {
  shared ??= startFlowStack();
  return shared;
};

/** What `test/infra/double-opt-in.test.ts` promises of a stage without a sender. */
const dropSender = ({ Resources }: Resources): void => {
  for (const [id, { Properties }] of Object.entries(Resources)) {
    const { Variables } = Properties.Environment ?? {};
    if (Variables?.SENDER_ADDRESSES !== undefined) Variables.SENDER_ADDRESSES = '[]';
    if (/^DoubleOptIn.*SqsEventSource/.test(id)) Object.assign(Properties, { Enabled: false });
  }
};

/** The template of other settings, which also decide what functions may do, with the functions that were built. */
const templateWith = (settings: LocalSettings, built: string): string => {
  const outdir = mkdtempSync(join(tmpdir(), 'rollcall-settings-'));
  try {
    const { template } = synthesize(settingsOf('local', settings), { outdir, validate: false, stubs: true });
    const { Resources } = JSON.parse(built) as Pick<Required<Template>, 'Resources'>;
    const resources = Object.entries(template.Resources ?? {}).map(([id, { Properties, ...resource }]) => {
      const code = Properties?.Code === undefined ? {} : { Code: Resources[id]?.Properties?.Code };
      return [id, { ...resource, Properties: { ...Properties, ...code } }];
    });
    return JSON.stringify({ ...template, Resources: Object.fromEntries(resources) });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

const queueOf = ({ Resources }: Resources, name: string): QueueProperties => {
  const queues = Object.values(Resources).map(({ Properties }) => Properties);
  const found = queues.find((properties) => new RegExp(`^rollcall-\\w+-${name}$`).test(properties?.QueueName ?? ''));
  if (!found) throw new Error(`The template has no queue ${name}`);
  return found;
};

interface Resources {
  readonly Resources: Readonly<Record<string, { readonly Properties: QueueProperties }>>;
}

interface QueueProperties {
  readonly QueueName?: string;
  DelaySeconds?: number;
  readonly RedrivePolicy: object;
  readonly Environment?: { readonly Variables?: Record<string, unknown> };
}

const acceptance = z.strictObject({
  id: z.literal(0),
  asyncSessionId: z.uuid(),
  failedContacts: z.array(
    z.looseObject({
      index: z.int(),
      channels: z.array(z.object({ type: z.string(), value: z.string() })),
      errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
    }),
  ),
});

/** Sends a bulk request that must be accepted. */
export const addContacts = async (stack: TestStack, body: object): Promise<z.infer<typeof acceptance>> =>
  acceptance.parse(await answered(apiOf(stack).POST('/api/v1/contacts', { body: body as Schemas['AddContacts'] })));

const importStatus = z.strictObject({
  status: z.enum(['STARTED', 'IMPORTING', 'FINISHED', 'ERROR']),
  description: z.string(),
  mapping: z.array(z.strictObject({ dedupeValue: z.string(), contactId: z.int() })).optional(),
});

/** What `importstatus` says of a session now. */
export const importStatusOf = async (stack: TestStack, sessionId: string): Promise<z.infer<typeof importStatus>> =>
  importStatus.parse(
    await answered(apiOf(stack).GET('/api/v1/importstatus/{sessionId}', { params: { path: { sessionId } } })),
  );

/** Polls until an import is over, as callers do. */
export const importOver = (stack: TestStack, sessionId: string, deadlineSeconds = 30) =>
  waitFor(
    'the import is over',
    async () => {
      const status = await importStatusOf(stack, sessionId);
      return ['FINISHED', 'ERROR'].includes(status.status) && status;
    },
    deadlineSeconds,
  );

/** Imports and waits until it is FINISHED; returns the contact id of each imported contact, in order. */
export const imported = async (stack: TestStack, body: object): Promise<{ sessionId: string; ids: number[] }> => {
  const { asyncSessionId: sessionId } = await addContacts(stack, body);
  const { status, description, mapping = [] } = await importOver(stack, sessionId);
  if (status !== 'FINISHED') throw new Error(`The import ended in ${status}: ${description}`);
  return { sessionId, ids: mapping.map(({ contactId }) => contactId) };
};

const row = z.object({
  row: z.int(),
  line: z.int().optional(),
  outcome: z.string(),
  contactId: z.int().optional(),
  code: z.string().optional(),
  field: z.string().optional(),
  warnings: z.array(z.object({ code: z.string(), field: z.string() })).optional(),
});

/** What became of the rows of an import, in row order, from every page. */
export const rowsOf = async (stack: TestStack, sessionId: string): Promise<z.infer<typeof row>[]> => {
  const api = apiOf(stack);
  const rows: z.infer<typeof row>[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const query = { limit: 500, ...(cursor !== '' && { cursor }) };
    const asked = api.GET('/admin/v1/imports/{sessionId}/rows', { params: { path: { sessionId }, query } });
    const page: { readonly items: readonly unknown[]; readonly cursor?: string } = await answered(asked);
    rows.push(...page.items.map((item) => row.parse(item)));
    cursor = page.cursor;
  }
  return rows;
};

const contact = z.looseObject({
  id: z.int(),
  channels: z.array(z.looseObject({ type: z.string(), value: z.string() })),
  groups: z.array(z.object({ id: z.int(), name: z.string(), type: z.string() })),
});

/** A contact as the contract shows it. */
export const contactOf = async (stack: TestStack, id = 0): Promise<z.infer<typeof contact>> =>
  contact.parse(await answered(apiOf(stack).GET('/api/v1/contact/{id}', { params: { path: { id } } })));

const apiOf = ({ url }: TestStack) => apiClient(url, testKey);

/** A submitted contact with an e-mail address, and whatever the test is about. */
export const contactWith = (email: string, about: object = {}) => ({
  channels: [{ type: 'email', value: email }],
  ...about,
});
