import type { ChunkMessage } from './imports/ports.ts';

/** The queue where failed work waits for an engineer. */
export interface DeadLetterQueue<Message = ChunkMessage> {
  send(message: Message): Promise<void>;
}
