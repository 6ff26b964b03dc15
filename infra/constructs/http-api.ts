import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnIntegration,
  CfnRoute,
  CfnStage,
  CorsHttpMethod,
  type CorsPreflightOptions,
  HttpApi as Gateway,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Route } from '#names/routes.ts';
import type { Deployment } from '../deployment.ts';
import { functionNameOf } from '../function-names.ts';
import { NodeFunction } from './node-function.ts';

/** Which operations the API answers. */
export interface HttpApiProps<Operation extends string> {
  readonly deployment: Deployment;
  readonly routes: Readonly<Record<Operation, Route>>;
  /** Gives a function its rights; the one without an operation answers whatever no route does. */
  readonly grant: (fn: LambdaFunction, operation?: Operation) => void;
}

/** The HTTP API: one function an operation, each of its paths with and without a trailing slash. */
export class HttpApi<Operation extends string> extends Construct {
  readonly gateway: Gateway;
  readonly stage: HttpStage;
  private readonly deployment: Deployment;

  constructor(scope: Construct, id: string, props: HttpApiProps<Operation>) {
    super(scope, id);
    const { deployment } = props;
    this.deployment = deployment;
    this.gateway = new Gateway(this, 'Api', {
      apiName: `rollcall-${deployment.settings.stage}`,
      description: 'Contacts, imports and events of Rollcall',
      corsPreflight: preflightFor(deployment.settings.corsOrigins),
      createDefaultStage: false,
    });
    this.stage = this.stageOf(deployment);
    const notFound = this.functionOf('notFound', 'Answers requests that no route answers');
    props.grant(notFound);
    this.route('NotFound', notFound, ['$default']);
    this.limit(this.operationsOf(props));
  }

  /** Adds every operation and returns those of its routes that have a rate of their own. */
  private operationsOf({ routes, grant }: HttpApiProps<Operation>): LimitedRoute[] {
    const limited: LimitedRoute[] = [];
    for (const operation in routes) {
      const { method, paths, ratePerSecond } = routes[operation];
      const fn = this.functionOf(operation, `${method} ${paths.join(', ')}`);
      grant(fn, operation);
      const routeKeys = paths.flatMap((path) => [`${method} ${path}`, `${method} ${path}/`]);
      for (const route of this.route(pascalCase(operation), fn, routeKeys)) {
        if (ratePerSecond !== undefined) limited.push({ route, ratePerSecond });
      }
    }
    return limited;
  }

  private functionOf(operation: string, description: string): NodeFunction {
    const fn = new NodeFunction(this, pascalCase(operation), {
      deployment: this.deployment,
      name: functionNameOf(operation),
      description,
      timeoutSeconds: 15,
      // Processor time comes with memory, and a cold start is processor time: callers give up after 5 s.
      memoryMiB: 1024,
    });
    fn.addPermission('Gateway', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({ service: 'execute-api', resource: this.gateway.apiId, resourceName: '*' }),
    });
    return fn;
  }

  private route(id: string, fn: LambdaFunction, routeKeys: readonly string[]): CfnRoute[] {
    const integration = new CfnIntegration(this, `${id}Integration`, {
      apiId: this.gateway.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: fn.functionArn,
      payloadFormatVersion: PayloadFormatVersion.VERSION_2_0.version,
    });
    return routeKeys.map((routeKey, index) => {
      const route = new CfnRoute(this, `${id}Route${index}`, {
        apiId: this.gateway.apiId,
        routeKey,
        target: `integrations/${integration.ref}`,
      });
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'Every function authenticates by itself, because callers need the JSON 401 that a gateway cannot give.',
      });
      return route;
    });
  }

  private stageOf({ settings }: Deployment): HttpStage {
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      logGroupName: `/aws/vendedlogs/rollcall-${settings.stage}/access`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return new HttpStage(this, 'Stage', {
      httpApi: this.gateway,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: settings.defaultRatePerSecond, burstLimit: settings.throttleBurst },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLogs), format: accessLogFormat },
    });
  }

  private limit(limited: readonly LimitedRoute[]): void {
    const stage = this.stage.node.defaultChild;
    if (!(stage instanceof CfnStage) || limited.length === 0) return;
    const { throttleBurst } = this.deployment.settings;
    const settingsOf = (ratePerSecond: number): CfnStage.RouteSettingsProperty => ({
      throttlingRateLimit: ratePerSecond,
      throttlingBurstLimit: Math.min(throttleBurst, 2 * ratePerSecond),
    });
    stage.routeSettings = Object.fromEntries(
      limited.map(({ route, ratePerSecond }) => [route.routeKey, settingsOf(ratePerSecond)]),
    );
    // The stage can only speak of routes that exist.
    stage.node.addDependency(...limited.map(({ route }) => route));
  }
}

/** A route that the gateway holds to a rate of its own. */
interface LimitedRoute {
  readonly route: CfnRoute;
  readonly ratePerSecond: number;
}

/** Neither the caller's address nor the path and query string, which may hold e-mail addresses. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    route: '$context.routeKey',
    status: '$context.status',
    latencyMs: '$context.responseLatency',
    integrationLatencyMs: '$context.integrationLatency',
    responseBytes: '$context.responseLength',
    error: '$context.error.message',
    integrationError: '$context.integrationErrorMessage',
  }),
);

const preflightFor = (origins: readonly string[]): CorsPreflightOptions => ({
  allowOrigins: [...origins],
  allowMethods: [
    CorsHttpMethod.GET,
    CorsHttpMethod.POST,
    CorsHttpMethod.PUT,
    CorsHttpMethod.DELETE,
    CorsHttpMethod.OPTIONS,
  ],
  allowHeaders: ['Authorization', 'Content-Type', 'Accept', 'X-Requested-With'],
  exposeHeaders: ['TotalCount'],
  // The gateway refuses credentials together with any origin.
  allowCredentials: !origins.includes('*'),
  maxAge: Duration.seconds(3600),
});

const pascalCase = (operation: string) => operation.charAt(0).toUpperCase() + operation.slice(1);
