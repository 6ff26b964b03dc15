import type { components } from './openapi.d.ts';

type Schemas = components['schemas'];

/** A contact of the list and the view. */
export type Contact = Schemas['AdminContact'];
/** An import. */
export type Import = Schemas['Import'];
/** A row of an import. */
export type ImportRow = Schemas['ImportRow'];
/** A segment. */
export type Segment = Schemas['Segment'];
/** An event of the log. */
export type ContactEvent = Schemas['ContactEvent'];
/** A run of a workflow in a list. */
export type RunHead = Schemas['WorkflowRunHead'];
/** A custom field. */
export type Field = Schemas['Field'];
