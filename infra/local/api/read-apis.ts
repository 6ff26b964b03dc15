import { functionNameOf } from '../function/function.ts';
import type { Authority } from '../permission/authority.ts';
import type { TemplateReader } from '../template/read-resources.ts';
import { Refusal } from '../template/refusal.ts';
import { type ApiPlan, apiTypes } from './http-api.ts';
import { routeKeyWithoutNames } from './route-key.ts';

/** The HTTP APIs of a template with their routes; routes without an integration are refused. */
export const readApis = (reader: TemplateReader, authority: Authority): ApiPlan[] => {
  const apis = reader.all(apiTypes.api);
  const integrations = new Map(reader.all(apiTypes.integration).map((it) => [it.name, it]));
  const stages = reader.all(apiTypes.stage);
  const routes = reader.all(apiTypes.route);
  const keys = new Set<string>();
  for (const { logicalId } of apis.slice(1)) {
    reader.attempt(`${logicalId} (${apiTypes.api.type})`, () => {
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
        reader.attempt(`${route.logicalId} (${apiTypes.route.type})`, () => {
          if (!integration) throw new Refusal(`its integration ${Target} does not run here`);
          const key = routeKeyWithoutNames(RouteKey);
          if (keys.has(key)) throw new Refusal(`API Gateway refuses a second route of the key ${key}`);
          keys.add(key);
          const { IntegrationUri, TimeoutInMillis, CredentialsArn } = integration.properties;
          return {
            routeKey: RouteKey,
            functionName: functionNameOf(IntegrationUri),
            timeoutMs: TimeoutInMillis,
            rights: rightsOf(CredentialsArn, authority),
          };
        }) ?? []
      );
    }),
  }));
};

const service = 'apigateway.amazonaws.com';

/** An integration that names no role needs functions that let the gateway in. */
const rightsOf = (roleArn: string | undefined, authority: Authority) =>
  roleArn === undefined ? authority.ofService(service) : authority.ofRole(roleArn, 'the HTTP API', service);
