import { contacts } from '#aws/contacts/contact-store.ts';
import { countQueue } from '#aws/counts/count-queue.ts';
import { counts } from '#aws/counts/count-store.ts';
import * as queues from '#contract/queues.ts';
import { ambient } from '#shared/ambient.ts';
import { onAllMessages } from '#shared/queue.ts';
import { countContacts } from '#usecases/counts/count-contacts.ts';

const live = { contacts, counts, countQueue, ...ambient };

/** Counts what happened to contacts and messages, a batch of the queue at a time. */
export const handler = onAllMessages(queues.counts, (jobs) => countContacts(live, jobs));
