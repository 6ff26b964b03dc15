/*
 * Stands in for `node:http` in bundles. Node makes an ES module of it by reading each of its exports, one of which loads all
 * of `fetch`: a tenth of a cold start, for what no function uses.
 */

export const { Agent, request, STATUS_CODES, validateHeaderName, validateHeaderValue } =
  process.getBuiltinModule('node:http');
