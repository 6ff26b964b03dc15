import { Duration } from 'aws-cdk-lib';
import { CorsHttpMethod, type CorsPreflightOptions } from 'aws-cdk-lib/aws-apigatewayv2';

/** What the gateway itself answers to the preflight of a browser of one of these origins (contract 1.2). */
export const corsPreflight = (origins: readonly string[]): CorsPreflightOptions => ({
  allowOrigins: [...origins],
  allowMethods: [
    CorsHttpMethod.GET,
    CorsHttpMethod.POST,
    CorsHttpMethod.PUT,
    CorsHttpMethod.DELETE,
    CorsHttpMethod.OPTIONS,
  ],
  allowHeaders: ['Authorization', 'Content-Type', 'Accept', 'X-Requested-With', 'Idempotency-Key'],
  exposeHeaders: ['TotalCount', 'Retry-After', 'Idempotency-Replayed'],
  // The gateway refuses credentials together with any origin.
  allowCredentials: !origins.includes('*'),
  maxAge: Duration.seconds(3600),
});
