import { type ApiPlan, apiSchema, integrationSchema, routeSchema, stageSchema } from '../resources/http-api.ts';
import type { ReadResources } from './read-template.ts';
import { Refusal, type RefusalList } from './refusal.ts';

/** The HTTP APIs of a template with their routes; routes without an integration are refused. */
export const readApis = (read: ReadResources, refusals: RefusalList): ApiPlan[] => {
  const apis = read('AWS::ApiGatewayV2::Api', apiSchema);
  const integrations = new Map(read('AWS::ApiGatewayV2::Integration', integrationSchema).map((it) => [it.name, it]));
  const stages = read('AWS::ApiGatewayV2::Stage', stageSchema);
  const routes = read('AWS::ApiGatewayV2::Route', routeSchema);
  for (const { logicalId } of apis.slice(1)) {
    refusals.attempt(`${logicalId} (AWS::ApiGatewayV2::Api)`, () => {
      throw new Refusal('one HTTP API runs here, and there is another one already');
    });
  }

  return apis.slice(0, 1).map(({ logicalId, properties }) => ({
    apiId: logicalId,
    cors: properties.CorsConfiguration,
    defaultThrottle: stages[0]?.properties.DefaultRouteSettings,
    throttles: stages[0]?.properties.RouteSettings ?? {},
    routes: routes.flatMap((route) => {
      const { RouteKey, Target } = route.properties;
      const integration = integrations.get(Target.replace('integrations/', ''));
      return (
        refusals.attempt(`${route.logicalId} (AWS::ApiGatewayV2::Route)`, () => {
          if (!integration) throw new Refusal(`its integration ${Target} does not run here`);
          const { IntegrationUri, TimeoutInMillis } = integration.properties;
          return { routeKey: RouteKey, functionName: functionNameOf(IntegrationUri), timeoutMs: TimeoutInMillis };
        }) ?? []
      );
    }),
  }));
};

/** The name of the function that an ARN, a qualified ARN or an invocation URI means. */
export const functionNameOf = (arn: string): string => /:function:([^:/]+)/.exec(arn)?.[1] ?? arn;
