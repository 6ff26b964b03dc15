import { ArnFormat, Stack } from 'aws-cdk-lib';
import { HttpApi as Gateway, type HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentNames } from '#names/environment.ts';
import { functionNameOf } from '#names/function-name.ts';
import type { Route } from '#names/routes.ts';
import type { Deployment } from '../deployment.ts';
import { ApiStage, type LimitedRoute } from './api-stage.ts';
import { corsPreflight } from './cors-preflight.ts';
import type { Monitoring } from './monitoring.ts';
import { type Answerer, OperationStack } from './operation-stack.ts';

/** Which operations the API answers. */
export interface HttpApiProps<Operation extends string> {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly routes: Readonly<Record<Operation, Route>>;
  /** Gives a function its rights; the one without an operation answers whatever no route does. */
  readonly grant: (fn: LambdaFunction, operation?: Operation) => void;
}

/**
 * The HTTP API: one function an operation, or for several that share it. API Gateway takes no route that ends in a slash, so what answers everything else
 * forwards such paths. The operations are in nested stacks, as one stack has no room for them all; the API itself is not,
 * so that whatever names its address waits for no operation.
 */
export class HttpApi<Operation extends string> extends Construct {
  readonly gateway: Gateway;
  readonly stage: HttpStage;
  private readonly deployment: Deployment;
  private readonly stacks = new Map<string, OperationStack>();

  constructor(scope: Construct, id: string, props: HttpApiProps<Operation>) {
    super(scope, id);
    const { deployment, monitoring, grant } = props;
    this.deployment = deployment;
    this.gateway = new Gateway(this, 'Api', {
      apiName: `rollcall-${deployment.settings.stage}`,
      description: 'Contacts, imports and events of Rollcall',
      corsPreflight: corsPreflight(deployment.settings.corsOrigins),
      createDefaultStage: false,
    });
    const stage = new ApiStage(this, 'Stage', { deployment, monitoring, gateway: this.gateway });
    this.stage = stage.stage;
    grant(this.notFoundOf(props));
    stage.limit(this.operationsOf(props));
  }

  /** Adds what answers everything that has no route, or forwards it to the function of an operation. */
  private notFoundOf({ deployment, routes }: HttpApiProps<Operation>): LambdaFunction {
    const stack = this.stackOf('$default');
    const answerer = stack.add({
      operation: 'notFound',
      description: 'Forwards paths that end in slashes, and answers requests that no route answers',
      // It waits for the function that it forwards to, and the gateway waits for 30 s.
      timeoutSeconds: 29,
    });
    stack.route(['$default'], answerer);
    const { fn } = answerer;
    const prefix = `rollcall-${deployment.settings.stage}-`;
    fn.addEnvironment(environmentNames.operationFunctionPrefix, prefix);
    // By their names, as the functions of three nested stacks cannot be handed from one to another as parameters.
    const names = new Set(Object.entries<Route>(routes).map(([operation, route]) => functionNameOf(operation, route)));
    const resources = [...names].map((name) => this.functionArn(`${prefix}${name}`));
    fn.addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources }));
    return fn;
  }

  private functionArn(functionName: string): string {
    return Stack.of(this).formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: functionName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** Adds every operation and returns those of its routes that have a rate of their own. */
  private operationsOf({ routes, grant }: HttpApiProps<Operation>): LimitedRoute[] {
    const limited: LimitedRoute[] = [];
    const answerers = new Map<string, Answerer>();
    for (const operation in routes) {
      const { method, paths, ratePerSecond, alsoHead, sharedFunction = operation } = routes[operation];
      const methods = alsoHead ? [method, 'HEAD'] : [method];
      const stack = this.stackOf(paths[0] ?? '');
      const answerer =
        answerers.get(sharedFunction) ??
        stack.add({ operation: sharedFunction, description: `${method} ${paths.join(', ')}` });
      answerers.set(sharedFunction, answerer);
      grant(answerer.fn, operation);
      const routeKeys = methods.flatMap((one) => paths.map((path) => `${one} ${path}`));
      for (const route of stack.route(routeKeys, answerer)) {
        if (ratePerSecond !== undefined) limited.push({ route, ratePerSecond });
      }
    }
    return limited;
  }

  /** The nested stack of what is under a path; it is made with its first operation. */
  private stackOf(path: string): OperationStack {
    const name = stackNameOf(path);
    const known = this.stacks.get(name);
    if (known) return known;
    const stack = new OperationStack(this, name, { deployment: this.deployment, gateway: this.gateway });
    // One after the other: API Gateway takes a few changes a second, and those of one API one at a time.
    const before = [...this.stacks.values()].at(-1);
    if (before) stack.addStackDependency(before);
    this.stacks.set(name, stack);
    return stack;
  }
}

/** An operation that moves from one to another would be made twice under one name: CloudFormation cannot do that. */
const stackNameOf = (path: string): string => {
  if (path.startsWith('/api/')) return 'ApiOperations';
  return path.startsWith('/admin/') ? 'AdminOperations' : 'OtherOperations';
};
