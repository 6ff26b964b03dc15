import { NestedStack, Validations } from 'aws-cdk-lib';
import { CfnIntegration, CfnRoute, type HttpApi as Gateway, PayloadFormatVersion } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { functionNameOf } from '#names/function-name.ts';
import type { Deployment } from '../deployment.ts';
import { InlineRole } from './inline-role.ts';
import { NodeFunction } from './node-function.ts';

/** Which API the operations belong to. */
export interface OperationStackProps {
  readonly deployment: Deployment;
  readonly gateway: Gateway;
}

/** One function: the operation that it is named for, and what it is for. */
export interface OperationProps {
  readonly operation: string;
  readonly description: string;
  /** 15 if absent: callers give up sooner. */
  readonly timeoutSeconds?: number;
}

/** A function, and what leads from routes to it. */
export interface Answerer {
  readonly fn: NodeFunction;
  readonly integration: CfnIntegration;
}

/** Operations of the API in a stack of their own within the deployment's: a function, its routes, and who may call it. */
export class OperationStack extends NestedStack {
  private readonly deployment: Deployment;
  private readonly gateway: Gateway;
  private readonly caller: InlineRole;
  private readonly calls = new PolicyStatement({ actions: ['lambda:InvokeFunction'] });

  constructor(scope: Construct, id: string, { deployment, gateway }: OperationStackProps) {
    super(scope, id, { description: `Rollcall (${deployment.settings.stage}): ${id} of the HTTP API` });
    this.deployment = deployment;
    this.gateway = gateway;
    // One role that the gateway takes on, in the place of a permission for each function.
    this.caller = new InlineRole(this, `${id}Caller`, new ServicePrincipal('apigateway.amazonaws.com'));
    this.caller.addToPrincipalPolicy(this.calls);
  }

  /** Adds a function, which may do nothing yet and which no route leads to. */
  add({ operation, description, timeoutSeconds = 15 }: OperationProps): Answerer {
    const id = operation.charAt(0).toUpperCase() + operation.slice(1);
    const fn = new NodeFunction(this, id, {
      deployment: this.deployment,
      name: functionNameOf(operation),
      description,
      timeoutSeconds,
      // Processor time comes with memory, and a cold start is processor time: callers give up after 5 s.
      memoryMiB: 1024,
    });
    this.calls.addResources(fn.functionArn);
    const integration = new CfnIntegration(this, `${id}Integration`, {
      apiId: this.gateway.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: fn.functionArn,
      credentialsArn: this.caller.roleArn,
      payloadFormatVersion: PayloadFormatVersion.VERSION_2_0.version,
    });
    return { fn, integration };
  }

  /** Adds routes to a function of this stack. */
  route(routeKeys: readonly string[], { integration }: Answerer): CfnRoute[] {
    return routeKeys.map((routeKey) => this.routeTo(routeKey, integration));
  }

  private routeTo(routeKey: string, integration: CfnIntegration): CfnRoute {
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
  }
}

/** Named by what it routes: a route under another name would have to go before it could come. */
const routeId = (routeKey: string) => `Route${routeKey.replace(/\W/g, '')}`;
