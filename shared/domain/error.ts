/** Every error an answer can carry: its status and title. `docs/errors.md` has a section for each. */
export const errorCatalogue = {
  INVALID_JSON: { status: 400, title: 'Bad Request' },
  INVALID_REQUEST: { status: 400, title: 'Bad Request' },
  EVENT_PARAMS: { status: 400, title: 'Bad Request' },
  CAPTCHA_FAILED: { status: 400, title: 'Bad Request' },
  EXTERNAL_ID_TAKEN: { status: 400, title: 'Bad Request' },
  UNAUTHORIZED: { status: 401, title: 'Unauthorized' },
  FORBIDDEN: { status: 403, title: 'Forbidden' },
  NOT_FOUND: { status: 404, title: 'Not Found' },
  CONTACT_CHANGED: { status: 409, title: 'Conflict' },
  NOTHING_TO_CONFIRM: { status: 409, title: 'Conflict' },
  NO_SENDER: { status: 409, title: 'Conflict' },
  NAME_TAKEN: { status: 409, title: 'Conflict' },
  SEGMENT_PROTECTED: { status: 409, title: 'Conflict' },
  UPLOAD_INCOMPLETE: { status: 409, title: 'Conflict' },
  WORKFLOW_CHANGED: { status: 409, title: 'Conflict' },
  IMPORT_NOT_OVER: { status: 409, title: 'Conflict' },
  REQUEST_UNDER_WAY: { status: 409, title: 'Conflict' },
  ANSWER_NOT_KEPT: { status: 409, title: 'Conflict' },
  BODY_TOO_LARGE: { status: 413, title: 'Payload Too Large' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'Unprocessable Content' },
  THROTTLED: { status: 429, title: 'Too Many Requests' },
  INTERNAL: { status: 500, title: 'Internal Server Error' },
  UNAVAILABLE: { status: 503, title: 'Service Unavailable' },
} as const;

export type ErrorCode = keyof typeof errorCatalogue;

/** An error whose message is meant for the caller; anything else that is thrown answers 500 without its text. */
export class RollcallError extends Error {
  readonly code: ErrorCode;
  /** After how many seconds the same request is worth a try. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, retryAfterSeconds?: number) {
    super(message);
    this.name = 'RollcallError';
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
