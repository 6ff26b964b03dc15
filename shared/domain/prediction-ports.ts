import type { Overlay, PredictionMessage, StoredOverlay } from './prediction.ts';

/** Dry runs that are to begin or to go on. */
export interface PredictionQueue {
  send(message: PredictionMessage): Promise<void>;
}

/** What a dry run carries from one worker to the next. */
export interface OverlayFiles {
  put(sessionId: string, attemptId: string, overlay: Overlay): Promise<StoredOverlay>;
  /** `undefined` where it was removed: somebody went on from it. */
  read(stored: StoredOverlay): Promise<Overlay | undefined>;
  /** Repeating it is harmless. */
  remove(stored: StoredOverlay): Promise<void>;
}
