import type { ChunkMessage } from './imports/ports.ts';

/** Where what failed for good waits for a person. */
export interface DeadLetterQueue<Message = ChunkMessage> {
  send(message: Message): Promise<void>;
}
