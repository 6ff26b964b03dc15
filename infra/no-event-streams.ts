/*
 * Stands in for `@smithy/core/event-streams` in bundles: 20 kB that the S3 client brings along for calls that stream
 * events, of which there are none here.
 */

/** Leaves a client's configuration as it is. */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;

/** Makes nothing: no call streams events. */
export const eventStreamSerdeProvider = (): undefined => undefined;
