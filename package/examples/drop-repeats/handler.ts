import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { busEvent, contactCreatedEvent } from 'rollcall/events';
import { dropRepeats, memoryIn } from './drop-repeats.js';

const newContact = busEvent(contactCreatedEvent);
const memory = memoryIn(new DynamoDBClient(), process.env.MEMORY_TABLE ?? '');

/** Welcomes each new contact once. */
export const handler = async (event: unknown): Promise<void> => {
  const { eventId, params } = newContact.parse(event).detail;
  await dropRepeats(memory, eventId, async () => {
    console.log(JSON.stringify({ message: 'welcome', contactId: params.contactId }));
  });
};
