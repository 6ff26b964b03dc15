/*
 * Stands in for `node:http` in bundles. Node makes an ES module of it by reading each of its exports, one of which loads all
 * of `fetch`: 30 of the 130 ms that a function's own start takes here, for what none of them uses.
 */

export const { Agent, request, STATUS_CODES, validateHeaderName, validateHeaderValue } =
  process.getBuiltinModule('node:http');
