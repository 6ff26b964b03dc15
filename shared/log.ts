import { Logger } from '@aws-lambda-powertools/logger';

/** One JSON line a fact: a constant message, facts as fields, ids only and never an address. */
export const log = new Logger();
