import type { ContactStore } from './constructs/contact-store.ts';
import type { Grant } from './grant.ts';

/** The operations on workflows and their runs. */
type WorkflowOperation =
  | 'listWorkflows'
  | 'saveWorkflow'
  | 'describeWorkflow'
  | 'deleteWorkflow'
  | 'listWorkflowRuns'
  | 'describeWorkflowRun';

/** What operations on workflows may do beside authenticating their caller. */
export const workflowRights = ({ store }: { readonly store: ContactStore }): Record<WorkflowOperation, Grant> => ({
  listWorkflows: (fn) => store.grant(fn, 'listWorkflows'),
  saveWorkflow: (fn) => store.grant(fn, 'storeWorkflows'),
  describeWorkflow: (fn) => store.grant(fn, 'readWorkflows'),
  deleteWorkflow: (fn) => store.grant(fn, 'removeWorkflows'),
  listWorkflowRuns: (fn) => store.grant(fn, 'listRuns'),
  describeWorkflowRun: (fn) => store.grant(fn, 'readRun'),
});
