import { Stack, Validations } from 'aws-cdk-lib';
import { CfnIntegration, CfnRoute, HttpApi as Gateway, PayloadFormatVersion } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Route } from '#names/routes.ts';
import type { Deployment } from '../deployment.ts';
import { functionNameOf } from '../function-names.ts';
import { ApiStage, type LimitedRoute } from './api-stage.ts';
import { corsPreflight } from './cors-preflight.ts';
import type { Monitoring } from './monitoring.ts';
import { NodeFunction } from './node-function.ts';

/** Which operations the API answers. */
export interface HttpApiProps<Operation extends string> {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly routes: Readonly<Record<Operation, Route>>;
  /** Gives a function its rights; the one without an operation answers whatever no route does. */
  readonly grant: (fn: LambdaFunction, operation?: Operation) => void;
}

/** The HTTP API: one function an operation, each of its paths with and without a trailing slash. */
export class HttpApi<Operation extends string> extends Construct {
  readonly gateway: Gateway;
  private readonly stage: ApiStage;
  private readonly deployment: Deployment;

  constructor(scope: Construct, id: string, props: HttpApiProps<Operation>) {
    super(scope, id);
    const { deployment } = props;
    this.deployment = deployment;
    this.gateway = new Gateway(this, 'Api', {
      apiName: `rollcall-${deployment.settings.stage}`,
      description: 'Contacts, imports and events of Rollcall',
      corsPreflight: corsPreflight(deployment.settings.corsOrigins),
      createDefaultStage: false,
    });
    this.stage = new ApiStage(this, 'Stage', { deployment, monitoring: props.monitoring, gateway: this.gateway });
    const notFound = this.functionOf('notFound', 'Answers requests that no route answers');
    props.grant(notFound);
    this.route('NotFound', notFound, ['$default']);
    this.stage.limit(this.operationsOf(props));
  }

  /** Adds every operation and returns those of its routes that have a rate of their own. */
  private operationsOf({ routes, grant }: HttpApiProps<Operation>): LimitedRoute[] {
    const limited: LimitedRoute[] = [];
    for (const operation in routes) {
      const { method, paths, ratePerSecond, alsoHead } = routes[operation];
      const fn = this.functionOf(operation, `${method} ${paths.join(', ')}`);
      grant(fn, operation);
      const methods = alsoHead ? [method, 'HEAD'] : [method];
      const routeKeys = methods.flatMap((one) => paths.flatMap((path) => [`${one} ${path}`, `${one} ${path}/`]));
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
    return routeKeys.map((routeKey) => {
      const route = new CfnRoute(this, routeId(routeKey), {
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
}

const pascalCase = (operation: string) => operation.charAt(0).toUpperCase() + operation.slice(1);

/** Named by what it routes: a route under another name would have to go before it could come. */
const routeId = (routeKey: string) => `Route${routeKey.replace(/\W/g, '')}${routeKey.endsWith('/') ? 'Slash' : ''}`;
