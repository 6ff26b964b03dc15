import { callAws } from '../engine/call-aws.ts';

/** An event of an AWS service. */
export interface ServiceEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: object;
}

/** Puts events of a service on the default bus, in order. */
export type Publish = (events: readonly ServiceEvent[]) => Promise<void>;

/** Publishes through the EventBridge endpoint, which here takes the sources that AWS keeps for its own services. */
export const publishTo =
  (endpoint: string): Publish =>
  async (events) => {
    for (const { source, detailType, detail } of events) {
      const entry = { Source: source, DetailType: detailType, Detail: JSON.stringify(detail) };
      await callAws({ endpoint, target: 'AWSEvents.PutEvents', version: '1.1', body: { Entries: [entry] } });
    }
  };
