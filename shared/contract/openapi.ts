import * as z from 'zod/mini';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { type Operation, routes } from '#names/routes.ts';
import { maxBodyBytesOf } from './body-bytes.ts';
import { errorResponse } from './error-envelope.ts';
import { type OperationDefinition, tags } from './operation.ts';
import { queryOf, schemaOf } from './operation-parts.ts';
import { operations } from './operations.ts';
import { pageResponse } from './page.ts';

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
  KeyReused: errorAnswer('Another request came with this `Idempotency-Key` within a day.'),
  TooManyRequests: errorAnswer('Too many requests at once. Try again in a while.'),
  Internal: errorAnswer('An error of ours. Try again in a while.'),
};

const refTo = (name: keyof typeof errorAnswers) => ({ $ref: `#/components/responses/${name}` });

const paths = (): ZodOpenApiPathsObject => {
  const all: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const name of Object.keys(routes) as Operation[]) {
    const { method, paths } = routes[name];
    paths.forEach((path, index) => {
      const operationId = index === 0 ? name : `${name}${index + 1}`;
      // OpenAPI has no greedy variables.
      const described = path.replace('+}', '}');
      const operation = operationAt(described, operationId, operations[name]);
      all[described] = { ...all[described], [method.toLowerCase()]: operation };
    });
  }
  return all;
};

const operationAt = (at: string, operationId: string, operation: OperationDefinition): ZodOpenApiOperationObject => {
  const { name, access, tag, summary, description, path, body, isBodyOptional } = operation;
  const isOnce = access !== 'public' && routes[name].method !== 'GET';
  const query = queryOf(operation);
  const content = body && { 'application/json': { schema: schemaOf(body) } };
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${description} ${access === 'public' ? 'Needs no key.' : `Needs the right \`${access}\`.`}`,
    ...(access === 'public' && { security: [] }),
    requestParams: {
      ...(path && at.includes('{') && { path: pathSchema(path) }),
      ...(query && { query }),
      ...(isOnce && { header: idempotencyKey }),
    },
    ...(content && { requestBody: { required: !isBodyOptional, content } }),
    responses: responsesOf(operation),
  };
};

/** The header of every operation that changes something. */
const idempotencyKey = z.object({
  'Idempotency-Key': z.optional(
    z.string().check(
      z.meta({
        description:
          'A name of your own for this request, of up to 255 visible ASCII characters. The same request again within a day gets the same answer, with `Idempotency-Replayed: true`, and does nothing. While the first is under way, it is a 409 with `Retry-After`.',
        examples: ['order-4711-contact'],
      }),
    ),
  ),
});

const responsesOf = (operation: OperationDefinition): ZodOpenApiOperationObject['responses'] => {
  if (operation.answer === 'html') return operation.tag === 'Unsubscribing' ? unsubscribeAnswers : pageAnswers;
  return operation.answer === 'site' ? siteAnswers : answersOf(operation);
};

const pathSchema = (path: NonNullable<OperationDefinition['path']>) =>
  z.object(Object.fromEntries(Object.entries(path).map(([name, { schema }]) => [name, schema])));

const answersOf = (operation: OperationDefinition): ZodOpenApiOperationObject['responses'] => {
  const { summary, path, query, list, body, headers, findsByQuery, conflict } = operation;
  return {
    200: { description: summary, ...(headers && { headers }), ...contentOf(operation) },
    ...((body || query || list) && { 400: refTo('BadRequest') }),
    401: refTo('Unauthorized'),
    403: refTo('Forbidden'),
    ...((path || findsByQuery) && { 404: refTo('NotFound') }),
    ...(conflict !== undefined && { 409: errorAnswer(conflict) }),
    ...(routes[operation.name].method !== 'GET' && { 422: refTo('KeyReused') }),
    ...(body && {
      413: errorAnswer(`The body has more than ${maxBodyBytesOf(operation).toLocaleString('en-US')} bytes.`),
    }),
    429: refTo('TooManyRequests'),
    500: refTo('Internal'),
  };
};

const page = (description: string) => ({ description, content: { 'text/html': { schema: z.string() } } });

/** What the link of a confirmation message can come to. */
const pageAnswers = {
  200: page('What the button does, or that the address is confirmed.'),
  303: { description: 'After the button: to the page of the stage for confirmed contacts.' },
  400: page('The link was cut off or forged.'),
  404: page('The subscription of the link is gone, or goes to another address.'),
  410: page('The link has expired.'),
  500: page('An error of ours.'),
};

/** What the unsubscribe link of a message can come to. */
const unsubscribeAnswers = {
  200: page('What the button does, or that the address is unsubscribed.'),
  400: page('The link was cut off or forged.'),
  500: page('An error of ours.'),
};

/** What a path of the console can come to. */
const siteAnswers = {
  200: page('The page, or a file of it.'),
  404: { description: 'There is no such file; it may be of a version before this one.' },
};

const contentOf = ({ answer, list }: OperationDefinition) => {
  if (answer === 'csv') return { content: { 'text/csv': { schema: z.string() } } };
  if (typeof answer === 'string') return {};
  return { content: { 'application/json': { schema: list ? pageResponse(answer) : answer } } };
};
