import type { OperationDefinition } from '../operation.ts';
import { overviewResponse } from './overview.ts';

/** Describe the stage at a glance. */
export const describeOverview = {
  name: 'describeOverview',
  access: 'adminRead',
  tag: 'People',
  summary: 'Describe the stage at a glance',
  description:
    'How many contacts there are and how many are new, by source; confirmations, bounces and complaints a day; imports that run, and messages that were given up. What happens is counted within a minute or so.',
  answer: overviewResponse,
} as const satisfies OperationDefinition;
