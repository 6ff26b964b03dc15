import { App, Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { HttpApi } from '#infra/constructs/http-api.ts';
import { Monitoring } from '#infra/constructs/monitoring.ts';
import { faultOfRouteKey, routeKeyWithoutNames } from '#infra/local/api/route-key.ts';
import { wholeTemplate } from '#infra/nested-stacks/whole-template.ts';
import { settingsOf } from '#infra/settings.ts';
import { functionNameOf } from '#names/function-name.ts';
import { type Route, routes } from '#names/routes.ts';
import { nameOf, rightsByFunction, statementsByRole } from './rights-in.ts';
import { onlyResourceOf, referenceIn, resourcesOf, type Template, templateOf, temporaryFolder } from './synthesized.ts';

const template = templateOf();

/** The function that answers each route, by route key. */
const functionsByRoute = (of: Template) =>
  new Map(
    resourcesOf(of, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
      const integration = of.Resources[referenceIn(Properties.Target)];
      const fn = of.Resources[referenceIn(integration?.Properties.IntegrationUri)];
      return [String(Properties.RouteKey), fn && nameOf(fn)];
    }),
  );

describe('every path of the route table', () => {
  const answered = functionsByRoute(template);

  test.each(Object.entries<Route>(routes))('of %s leads to its function', (operation, route) => {
    const folder = functionNameOf(operation, route);

    for (const path of route.paths) {
      expect(answered.get(`${route.method} ${path}`)).toBe(folder);
      if (route.alsoHead) expect(answered.get(`HEAD ${path}`)).toBe(folder);
    }
  });

  test('is all there is, beside what answers the rest', () => {
    const paths = Object.values<Route>(routes).flatMap((route) =>
      route.alsoHead ? [...route.paths, ...route.paths] : route.paths,
    );

    expect(answered.size).toBe(paths.length + 1);
    expect(answered.get('$default')).toBe('not-found');
  });
});

describe('API Gateway takes route keys', () => {
  const keys = resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) =>
    String(Properties.RouteKey),
  );

  test('that keep to its grammar', () => {
    const faults = keys.map((key) => [key, faultOfRouteKey(key)]).filter(([, fault]) => fault !== undefined);

    expect(faults).toEqual([]);
  });

  test('that it can tell apart whatever their variables are called', () => {
    expect(new Set(keys.map(routeKeyWithoutNames)).size).toBe(keys.length);
  });

  test.each([
    'GET /api/v1/contacts/',
    'GET /api//contacts',
    'GET api/v1/contacts',
    'FETCH /api/v1/contacts',
    'GET /api/v1/contacts /more',
    'GET /api/{path+}/contacts',
    'GET /api/contact-{id}',
    'GET /api/{id}/to/{id}',
    'GET /api/v1/contacts?x=1',
    `GET /${'a'.repeat(1000)}`,
    '/api/v1/contacts',
    '',
  ])('other than %j', (key) => {
    expect(faultOfRouteKey(key)).toBeTypeOf('string');
  });

  test.each(['$default', 'ANY /', 'GET /files/{path+}', 'GET /rows.csv', 'HEAD /{a}/{b}'])('such as %j', (key) => {
    expect(faultOfRouteKey(key)).toBeUndefined();
  });
});

test('what forwards paths with trailing slashes may call the functions of operations and no other', () => {
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([, fn]) => fn);
  const environment = functions.find((fn) => nameOf(fn) === 'not-found')?.Properties.Environment;
  const calls = (rightsByFunction(template).get('not-found') ?? []).filter(({ action }) => /^lambda:/.test(action));

  const names = calls.flatMap(({ resource }) =>
    [resource].flat().map((one) => /:function:([\w-]+)"/.exec(JSON.stringify(one))?.[1]),
  );

  expect(calls.map(({ action }) => action)).toEqual(['lambda:InvokeFunction']);
  expect(names).toEqual([
    ...new Set(
      Object.entries<Route>(routes).map(([operation, route]) => `rollcall-local-${functionNameOf(operation, route)}`),
    ),
  ]);
  expect(environment).toMatchObject({ Variables: { OPERATION_FUNCTION_PREFIX: 'rollcall-local-' } });
});

test('functions get payload 2.0, which is what the middleware reads', () => {
  const formats = resourcesOf(template, 'AWS::ApiGatewayV2::Integration').map(
    ([, { Properties }]) => Properties.PayloadFormatVersion,
  );

  expect(new Set(formats)).toEqual(new Set(['2.0']));
});

test('the gateway takes on a role for each nested stack that may call the functions of its integrations and no other', () => {
  const integrations = resourcesOf(template, 'AWS::ApiGatewayV2::Integration').map(([, { Properties }]) => Properties);
  const byRole = Map.groupBy(integrations, ({ CredentialsArn }) => referenceIn(CredentialsArn));
  const statements = statementsByRole(template);

  expect(byRole.size).toBe(3);
  for (const [role, called] of byRole) {
    expect(template.Resources[role]?.Properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [{ Action: 'sts:AssumeRole', Principal: { Service: 'apigateway.amazonaws.com' } }],
    });
    expect(statements.get(role)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        Effect: 'Allow',
        Resource: called.map(({ IntegrationUri }) => IntegrationUri),
      },
    ]);
  }
});

test('the access log holds neither addresses nor paths nor query strings', () => {
  const { AccessLogSettings } = onlyResourceOf(template, 'AWS::ApiGatewayV2::Stage').Properties;

  const { Format } = AccessLogSettings as { Format: string };

  expect(Format).toContain('$context.routeKey');
  expect(Format).not.toMatch(/identity|\.path|queryString|authorizer/);
});

test('browsers of any origin may call, but only named origins with credentials', () => {
  const named = templateOf(settingsOf('local', { corsOrigins: ['https://shop.example'] }));

  const corsOf = (of: Template) => onlyResourceOf(of, 'AWS::ApiGatewayV2::Api').Properties.CorsConfiguration;

  expect(corsOf(template)).toMatchObject({ AllowOrigins: ['*'], AllowCredentials: false, MaxAge: 3600 });
  expect(corsOf(named)).toMatchObject({ AllowOrigins: ['https://shop.example'], AllowCredentials: true });
});

test('routes without a rate of their own are held to the default rate', () => {
  const settings = settingsOf('local', { defaultRatePerSecond: 50, throttleBurst: 70 });

  const stage = onlyResourceOf(templateOf(settings), 'AWS::ApiGatewayV2::Stage').Properties;

  expect(stage.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 70 });
});

test('a route with a rate of its own is held to it', () => {
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  const deployment = { settings: settingsOf('local'), bundles: { folderOf: () => import.meta.dirname, sizes: {} } };
  new HttpApi(stack, 'Api', {
    deployment,
    monitoring: new Monitoring(stack, 'Monitoring', deployment),
    routes: {
      searchContacts: { method: 'GET', paths: ['/api/v1/contacts'], ratePerSecond: 50 },
    },
    grant: () => {},
  });

  const limited = wholeTemplate(app.synth().directory, 'Stack') as Template;
  const stage = onlyResourceOf(limited, 'AWS::ApiGatewayV2::Stage');
  const routesOf = resourcesOf(limited, 'AWS::ApiGatewayV2::Route').filter(([, { Properties }]) =>
    String(Properties.RouteKey).startsWith('GET '),
  );

  const limit = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };
  expect(stage.Properties.RouteSettings).toEqual({ 'GET /api/v1/contacts': limit });
  expect(stage.DependsOn).toEqual(expect.arrayContaining(routesOf.map(([id]) => id)));
});
