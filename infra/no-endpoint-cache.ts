/*
 * Stands in for `@aws-sdk/endpoint-cache` in bundles: 8 kB that the DynamoDB client brings along to remember endpoints
 * that it discovered, which it does where `AWS_ENABLE_ENDPOINT_DISCOVERY` asks for it, and never here.
 */

/** Remembers nothing. */
export class EndpointCache {
  getEndpoint(): undefined {}
  get(): undefined {}
  set(): void {}
  delete(): void {}
  has(): boolean {
    return false;
  }
  clear(): void {}
}
