import * as z from 'zod/mini';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { type Access, type Operation, routes } from '#names/routes.ts';
import { errorResponse } from './error-envelope.ts';
import { eventTypeKey } from './events/event-request.ts';
import { type OperationDescription, operations, tags } from './operations.ts';
import { categoryKey } from './subscriptions/categories.ts';

/** The OpenAPI 3.1 document of the route table and the contract. */
export const openApiDocument = (version: string) =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Rollcall',
      version,
      description: [
        'A contacts API for a company’s own AWS account. Routes under `/api` are compatible with the Yespo REST API v1;',
        'routes under `/admin` are our own. Each path may end with a slash. Requests are read leniently: unknown members',
        'are ignored, a single value stands for a list of one, numbers and strings become each other, and `null`, `""`',
        'and `[]` count as absent. Every error has the same body; `docs/errors.md` says what to do about it.',
      ].join(' '),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://localhost:8080', description: 'The local stack' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    security: [{ apiKey: [] }],
    paths: paths(),
    components: {
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'basic',
          description: 'The password is an API key; the user name is ignored. `npm run key` makes keys.',
        },
      },
      responses: errorAnswers,
    },
  });

const errorAnswer = (description: string) => ({
  description,
  content: { 'application/json': { schema: errorResponse } },
});

const errorAnswers = {
  BadRequest: errorAnswer('The request cannot be processed as it is. Do not send it again unchanged.'),
  Unauthorized: errorAnswer('The API key is missing, unknown or disabled.'),
  Forbidden: errorAnswer('The access level of the API key does not include this operation.'),
  NotFound: errorAnswer('There is no such thing; the message contains `not found`.'),
  TooLarge: errorAnswer('The body has more than 5,000,000 bytes.'),
  TooManyRequests: errorAnswer('Too many requests at once. Try again in a while.'),
  Internal: errorAnswer('An error of ours. Try again in a while.'),
};

const refTo = (name: keyof typeof errorAnswers) => ({ $ref: `#/components/responses/${name}` });

const paths = (): ZodOpenApiPathsObject => {
  const all: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of Object.keys(routes) as Operation[]) {
    const { method, paths, access } = routes[operation];
    paths.forEach((path, index) => {
      const operationId = index === 0 ? operation : `${operation}${index + 1}`;
      all[path] = {
        ...all[path],
        [method.toLowerCase()]: operationAt(path, operationId, operations[operation], access),
      };
    });
  }
  return all;
};

const pathParameters: Readonly<Record<string, z.ZodMiniType>> = {
  id: z.int().check(z.positive(), z.meta({ description: 'An id', examples: [95064060] })),
  sessionId: z.uuid().check(z.describe('An `asyncSessionId`')),
  key: categoryKey,
  eventTypeKey,
};

const operationAt = (
  path: string,
  operationId: string,
  operation: OperationDescription,
  access: Access,
): ZodOpenApiOperationObject => {
  const { tag, summary, description, body, isBodyOptional, query, answer, headers, findsByQuery, conflict } = operation;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const inPath = names.flatMap((name) => (pathParameters[name] ? [[name, pathParameters[name]] as const] : []));
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${description} ${access === 'public' ? 'Needs no key.' : `Needs the right \`${access}\`.`}`,
    ...(access === 'public' && { security: [] }),
    requestParams: {
      ...(inPath.length > 0 && { path: z.object(Object.fromEntries(inPath)) }),
      ...(query && { query }),
    },
    ...(body && { requestBody: { required: !isBodyOptional, content: { 'application/json': { schema: body } } } }),
    responses:
      answer === 'page'
        ? pageAnswers
        : {
            200: { description: summary, ...(headers && { headers }), ...contentOf(answer) },
            ...((body || query) && { 400: refTo('BadRequest') }),
            401: refTo('Unauthorized'),
            403: refTo('Forbidden'),
            ...((names.length > 0 || findsByQuery) && { 404: refTo('NotFound') }),
            ...(conflict !== undefined && { 409: errorAnswer(conflict) }),
            ...(body && { 413: refTo('TooLarge') }),
            429: refTo('TooManyRequests'),
            500: refTo('Internal'),
          },
  };
};

const page = (description: string) => ({ description, content: { 'text/html': { schema: z.string() } } });

/** What the link of a confirmation message can come to. */
const pageAnswers = {
  200: page('What the button does, or that the address is confirmed.'),
  303: { description: 'Of the button: on to the page of the stage for whoever confirmed.' },
  400: page('The link was cut off or forged.'),
  404: page('The subscription of the link is gone, or goes to another address.'),
  410: page('The link has expired.'),
  500: page('An error of ours.'),
};

const contentOf = (answer: Exclude<OperationDescription['answer'], 'page'>) => {
  if (answer === 'nothing') return {};
  return answer === 'csv'
    ? { content: { 'text/csv': { schema: z.string() } } }
    : { content: { 'application/json': { schema: answer } } };
};
