/** A fact for the workflows: the detail of the EventBridge event and an item of the event log. */
export interface ContactEvent {
  /** A repeat of the same fact has the same id. */
  readonly eventId: string;
  readonly eventTypeKey: string;
  readonly keyValue: string;
  readonly contactId: number;
  readonly params: Readonly<Record<string, string | number>>;
  /** ISO 8601 in UTC. */
  readonly occurredAt: string;
}
