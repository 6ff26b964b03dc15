import * as z from 'zod/mini';
import type { OperationDefinition } from './operation.ts';
import { pageQuery } from './page.ts';

/** The schema of a part of a request, with or without a reader of its own. */
export const schemaOf = <Schema extends z.ZodMiniType>(part: Schema | { readonly schema: Schema }): Schema =>
  'schema' in part ? part.schema : part;

/** Every parameter that an operation takes behind the `?`, those that ask for a page among them. */
export const queryOf = ({ query, list }: Pick<OperationDefinition, 'query' | 'list'>): z.ZodMiniObject | undefined => {
  const own = query && schemaOf(query);
  if (!list) return own;
  return own ? z.extend(own, pageQuery(list).shape) : pageQuery(list);
};
