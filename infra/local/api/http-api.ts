import * as z from 'zod';
import type { Rights } from '../permission/grant.ts';
import { quotas } from '../quota/quotas.ts';
import { localArn } from '../template/location.ts';
import { atMost, boolean, leftAside, number, only, tags } from '../template/property.ts';
import type { ResourceType } from '../template/resource-type.ts';
import { faultOfRouteKey } from './route-key.ts';

/** The id that every HTTP API has here: there is one gateway. */
export const localApiId = 'local';

/** The ARN by which functions may let the API in, whatever the route. */
export const apiArn = localArn('execute-api', `${localApiId}/*/*`);

const texts = z.array(z.string()).default([]);

const apiSchema = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  ProtocolType: z.literal('HTTP'),
  CorsConfiguration: z
    .strictObject({
      AllowOrigins: texts,
      AllowMethods: texts,
      AllowHeaders: texts,
      ExposeHeaders: texts,
      AllowCredentials: boolean.default(false),
      MaxAge: number.optional(),
    })
    .optional(),
  DisableExecuteApiEndpoint: only(false, 'an API without its own endpoint answers nothing here'),
  IpAddressType: leftAside('it listens on loopback only'),
  Version: leftAside('it is a label'),
  Tags: tags,
});

const routeSchema = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string().refine((key) => faultOfRouteKey(key) === undefined, {
    error: ({ input }) => `API Gateway refuses it: ${faultOfRouteKey(String(input))}`,
  }),
  Target: z.string().regex(/^integrations\//, 'a route needs an integration'),
  AuthorizationType: z.literal('NONE', { error: 'authorizers do not run here' }).optional(),
  ApiKeyRequired: only(false, 'API keys of the gateway do not run here'),
  OperationName: leftAside('it is a label'),
});

const integrationSchema = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY', { error: 'only AWS_PROXY integrations run here' }),
  IntegrationUri: z.string().regex(/:lambda:.*:function:/, 'only integrations of functions run here'),
  PayloadFormatVersion: z.literal('2.0', { error: 'only payload format 2.0 runs here' }),
  IntegrationMethod: leftAside('functions are always invoked by POST'),
  TimeoutInMillis: atMost(quotas.gatewayTimeout).default(quotas.gatewayTimeout.limit),
  Description: z.string().optional(),
  ConnectionType: only('INTERNET', 'VPC links do not run here'),
  CredentialsArn: z.string().optional(),
});

const throttle = z.strictObject({
  ThrottlingRateLimit: number.optional(),
  ThrottlingBurstLimit: number.optional(),
  DetailedMetricsEnabled: leftAside('there is no CloudWatch'),
});

const stageSchema = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal('$default', { error: 'only the stage $default runs here' }),
  AutoDeploy: boolean.optional(),
  DefaultRouteSettings: throttle.optional(),
  RouteSettings: z.record(z.string(), throttle).default({}),
  AccessLogSettings: leftAside('there is no access log'),
  Description: z.string().optional(),
  Tags: tags,
});

/** Requests a second and the size of a burst. */
export type ThrottlePlan = z.infer<typeof throttle>;

/** The CORS configuration of an API. */
export type CorsPlan = NonNullable<z.infer<typeof apiSchema>['CorsConfiguration']>;

/** A route, the function behind it, and by what rights the gateway invokes it. */
export interface ApiRoute {
  readonly routeKey: string;
  readonly functionName: string;
  readonly timeoutMs: number;
  readonly rights: Rights;
}

/** An HTTP API with its routes. */
export interface ApiPlan {
  readonly apiId: string;
  readonly cors: CorsPlan | undefined;
  readonly routes: readonly ApiRoute[];
  readonly defaultThrottle: ThrottlePlan | undefined;
  readonly throttles: Readonly<Record<string, ThrottlePlan>>;
}

/** What an HTTP API is made of, as far as it runs. */
export const apiTypes = {
  api: {
    type: 'AWS::ApiGatewayV2::Api',
    schema: apiSchema,
    attributes: { Ref: () => localApiId, ApiEndpoint: (_name, { apiUrl }) => apiUrl },
  } satisfies ResourceType<typeof apiSchema>,
  route: { type: 'AWS::ApiGatewayV2::Route', schema: routeSchema } satisfies ResourceType<typeof routeSchema>,
  integration: {
    type: 'AWS::ApiGatewayV2::Integration',
    schema: integrationSchema,
  } satisfies ResourceType<typeof integrationSchema>,
  stage: {
    type: 'AWS::ApiGatewayV2::Stage',
    schema: stageSchema,
    attributes: { Ref: () => '$default' },
  } satisfies ResourceType<typeof stageSchema>,
} as const;
