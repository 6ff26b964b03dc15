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
  listWorkflows: (fn) => store.grantListWorkflows(fn),
  saveWorkflow: (fn) => store.grantStoreWorkflows(fn),
  describeWorkflow: (fn) => store.grantReadWorkflows(fn),
  deleteWorkflow: (fn) => store.grantRemoveWorkflows(fn),
  listWorkflowRuns: (fn) => store.grantListRuns(fn),
  describeWorkflowRun: (fn) => store.grantReadRun(fn),
});
