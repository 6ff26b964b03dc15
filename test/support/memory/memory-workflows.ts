import type {
  AwaitedEvents,
  Expectation,
  OnceWrites,
  WebhookAnswer,
  WebhookCall,
  Webhooks,
  WorkflowExecutions,
  WorkflowLaunches,
  WorkflowRuns,
  WorkflowStore,
} from '#domain/workflows/ports.ts';
import { awaitedTypes, longestSeconds, type Workflow, type WorkflowDefinition } from '#domain/workflows/workflow.ts';
import { isOver, runProblem, type WorkflowRun } from '#domain/workflows/workflow-run.ts';
import type { ContactState } from './memory-contacts.ts';
import { pageOf, type Step } from './step.ts';

interface KeptWorkflow {
  readonly workflow: Workflow;
  readonly awaits: readonly string[];
  readonly isDeleted: boolean;
}

interface KeptExpectation {
  readonly eventType: string;
  readonly since: string;
  readonly takenIds: readonly string[];
  readonly taken: Readonly<Record<string, string>>;
  readonly heard?: string;
  readonly token?: string;
}

/** What workflows and their runs are kept in. */
export const emptyWorkflowState = () => ({
  workflows: new Map<string, KeptWorkflow>(),
  workflowVersions: new Map<string, WorkflowDefinition>(),
  runs: new Map<string, WorkflowRun>(),
  /** Runs by whom they are found by: a contact id or a fingerprint. */
  filedRuns: new Map<string, Set<string>>(),
  launches: new Map<string, { readonly runId: string; readonly contactId?: number; readonly occurredAt: string }>(),
  launchCounts: new Map<string, Set<string>>(),
  awaited: new Map<string, KeptExpectation>(),
  wroteOnce: new Set<string>(),
  started: [] as string[],
  woken: [] as string[],
  calls: [] as WebhookCall[],
  answers: [] as WebhookAnswer[],
});

/** What the ports for workflows share. */
export type WorkflowState = ReturnType<typeof emptyWorkflowState>;

/** Workflows in memory. */
export const memoryWorkflows = ({ workflows, workflowVersions }: WorkflowState, step: Step): WorkflowStore => ({
  bindings: async () => {
    await step('readBindings');
    return [...workflows.values()]
      .filter(({ isDeleted }) => !isDeleted)
      .map(({ workflow: { steps, ...workflow }, awaits }) => ({
        ...workflow,
        awaits,
        longestSeconds: longestSeconds(steps),
      }))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  },
  find: async (id) => {
    await step(`readWorkflow ${id}`);
    const kept = workflows.get(id);
    return kept?.isDeleted ? undefined : kept?.workflow;
  },
  findVersion: async (id, version) => {
    await step(`readVersion ${id}`);
    const definition = workflowVersions.get(`${id} ${version}`);
    if (!definition) return undefined;
    const { workflow, isDeleted = true } = workflows.get(id) ?? {};
    return { definition, isDeleted, webhookSecretNumber: workflow?.webhookSecretNumber ?? 1 };
  },
  lastVersion: async (id) => {
    await step(`readLastVersion ${id}`);
    const { version = 0, revision = 0 } = workflows.get(id)?.workflow ?? {};
    return { version, revision };
  },
  save: async (workflow, expectedRevision) => {
    await step(`saveWorkflow ${workflow.id}`);
    const before = workflows.get(workflow.id);
    if ((before?.workflow.revision ?? 0) !== expectedRevision) return false;
    const { name, eventTypeKey, uniqueness, steps } = workflow;
    const awaits = [...new Set([...(before?.awaits ?? []), ...awaitedTypes(steps)])];
    workflows.set(workflow.id, { workflow, awaits, isDeleted: false });
    workflowVersions.set(`${workflow.id} ${workflow.version}`, { name, eventTypeKey, uniqueness, steps });
    return true;
  },
  remove: async ({ id, revision }) => {
    await step(`removeWorkflow ${id}`);
    const kept = workflows.get(id);
    if (!kept || kept.isDeleted || kept.workflow.revision !== revision) return false;
    workflows.set(id, { ...kept, workflow: { ...kept.workflow, revision: revision + 1 }, isDeleted: true });
    return true;
  },
});

/** Runs in memory. */
export const memoryWorkflowRuns = (state: WorkflowState, step: Step): WorkflowRuns => {
  const { runs, filedRuns, launches, awaited } = state;
  const forgetRun = (runId: string) => {
    const run = runs.get(runId);
    if (!run) return;
    const { keyValue: _, ...event } = run.event;
    const end = { state: 'stopped', problem: runProblem('CONTACT_ERASED'), finishedAt: run.updatedAt } as const;
    const blank = { ...run, event: { ...event, params: {} }, revision: run.revision + 1 };
    runs.set(runId, isOver(run) ? blank : { ...blank, ...end });
  };
  return {
    begin: async (run) => {
      await step(`insertRun ${run.runId}`);
      const known = runs.get(run.runId);
      if (!known) runs.set(run.runId, run);
      return known ?? run;
    },
    file: async (run, fingerprints = []) => {
      await step(`fileRun ${run.runId}`);
      for (const whose of run.contactId === undefined ? fingerprints : [String(run.contactId)]) {
        filedRuns.set(whose, new Set([...(filedRuns.get(whose) ?? []), run.runId]));
      }
      filedRuns.set('', new Set([...(filedRuns.get('') ?? []), run.runId]));
    },
    find: async (runId) => {
      await step(`readRun ${runId}`);
      return runs.get(runId);
    },
    note: async (run, expectedRevision) => {
      await step(`writeRun ${run.runId}`);
      const known = runs.get(run.runId);
      if (known?.revision !== expectedRevision) return false;
      runs.set(run.runId, { ...run, event: known.event });
      return true;
    },
    list: async ({ workflowId, contactId, state: wanted }, page) => {
      await step('readRuns');
      const filed = [...(filedRuns.get(contactId === undefined ? '' : String(contactId)) ?? [])];
      const suitable = filed
        .flatMap((runId) => runs.get(runId) ?? [])
        .filter((run) => workflowId === undefined || run.workflowId === workflowId)
        .sort((one, other) => (sortOf(one) > sortOf(other) ? -1 : 1));
      const { items, ...rest } = pageOf(suitable, sortOf, page);
      return { ...rest, items: items.filter((run) => wanted === undefined || run.state === wanted) };
    },
    forget: async (contactId) => {
      await step(`forgetRuns ${contactId}`);
      for (const runId of filedRuns.get(String(contactId)) ?? []) forgetRun(runId);
      for (const [key, launch] of launches) if (launch.contactId === contactId) launches.delete(key);
      for (const key of awaited.keys()) if (key.startsWith(`${contactId} `)) awaited.delete(key);
    },
    forgetUnknown: async (fingerprints, until) => {
      await step('forgetUnknownRuns');
      const runIds = fingerprints.flatMap((one) => [...(filedRuns.get(one) ?? [])]);
      for (const runId of runIds) if ((runs.get(runId)?.startedAt ?? '') <= until) forgetRun(runId);
    },
  };
};

const sortOf = ({ startedAt, runId }: WorkflowRun): string => `${startedAt}#${runId}`;

/** Launches in memory. */
export const memoryWorkflowLaunches = ({ launches, launchCounts }: WorkflowState, step: Step): WorkflowLaunches => ({
  claim: async ({ workflowId, runId, keyValue, contactId, occurredAt }, within) => {
    await step(`claimLaunch ${workflowId} ${keyValue}`);
    const key = `${workflowId} ${keyValue}`;
    const known = launches.get(key);
    const isFree = !known || known.runId === runId || (within !== undefined && known.occurredAt <= within.since);
    if (isFree) launches.set(key, { runId, occurredAt, ...(contactId !== undefined && { contactId }) });
    return isFree;
  },
  count: async ({ workflowId, runId, keyValue, contactId, occurredAt }, most) => {
    await step(`countLaunch ${workflowId}`);
    const key = `${workflowId} ${contactId ?? keyValue} ${occurredAt.slice(0, 13)}`;
    const counted = launchCounts.get(key) ?? new Set<string>();
    if (!counted.has(runId) && counted.size >= most) return false;
    launchCounts.set(key, counted.add(runId));
    return true;
  },
});

/** Expectations in memory. */
export const memoryAwaitedEvents = ({ awaited }: WorkflowState, step: Step): AwaitedEvents => {
  const nameOf = ({ contactId, eventType, runId }: Expectation) => `${contactId} ${eventType} ${runId}`;
  return {
    expect: async (expectation, { since, launchedBy }) => {
      await step(`expectEvent ${expectation.runId}`);
      const key = nameOf(expectation);
      const kept = { eventType: expectation.eventType, since, takenIds: [launchedBy], taken: {} };
      if (!awaited.has(key)) awaited.set(key, kept);
    },
    hear: async ({ eventId, contactId, eventType, occurredAt }) => {
      await step('readAwaited');
      const keys = [...awaited.keys()].filter((key) => key.startsWith(`${contactId} ${eventType} `));
      const tokens: string[] = [];
      for (const key of keys) {
        await step(`hearEvent ${key}`);
        const kept = awaited.get(key);
        if (!kept) continue;
        const isNews = kept.heard === undefined && kept.since <= occurredAt && !kept.takenIds.includes(eventId);
        const heard = isNews ? { ...kept, heard: eventId } : kept;
        awaited.set(key, heard);
        if (heard.heard === eventId && heard.token !== undefined) tokens.push(heard.token);
      }
      return tokens;
    },
    await: async (expectation, token) => {
      await step(`awaitEvent ${expectation.runId}`);
      const kept = awaited.get(nameOf(expectation));
      if (!kept) return true;
      awaited.set(nameOf(expectation), { ...kept, token });
      return kept.heard !== undefined;
    },
    take: async (expectation, stepId) => {
      await step(`takeEvent ${expectation.runId}`);
      const kept = awaited.get(nameOf(expectation));
      const taken = kept?.taken[stepId];
      if (!kept || taken !== undefined || kept.heard === undefined) return taken;
      const { heard, token: _, ...rest } = kept;
      const marks = { taken: { ...kept.taken, [stepId]: heard }, takenIds: [...kept.takenIds, heard] };
      awaited.set(nameOf(expectation), { ...rest, ...marks });
      return heard;
    },
    dismiss: async (expectations) => {
      await step('dismissEvents');
      for (const expectation of expectations) awaited.delete(nameOf(expectation));
    },
  };
};

/** Writes that must not be done twice, in memory. */
export const memoryOnceWrites = (state: WorkflowState & Pick<ContactState, 'contacts'>, step: Step): OnceWrites => ({
  replace: async ({ contact, expectedVersion }, { runId, stepId }) => {
    await step(`replaceOnce ${contact.id}`);
    const mark = `${runId} ${stepId}`;
    if (state.wroteOnce.has(mark)) return 'written before';
    if (state.contacts.get(contact.id)?.version !== expectedVersion) return 'lost';
    state.contacts.set(contact.id, contact);
    state.wroteOnce.add(mark);
    return 'written';
  },
});

/** Executions that are only noted. */
export const memoryExecutions = ({ started, woken }: WorkflowState, step: Step): WorkflowExecutions => ({
  start: async (runId, replacement) => {
    const name = replacement === undefined ? runId : `${runId}-${replacement}`;
    await step(`startExecution ${name}`);
    if (!started.includes(name)) started.push(name);
  },
  wake: async (token) => {
    await step(`wakeExecution ${token}`);
    woken.push(token);
  },
});

/** A receiver that takes every call, or answers what the test says, one after the other. */
export const memoryWebhooks = ({ calls, answers }: WorkflowState, step: Step): Webhooks => ({
  call: async (call) => {
    await step('callWebhook');
    calls.push(call);
    return answers.shift() ?? { kind: 'accepted', status: 200 };
  },
});
