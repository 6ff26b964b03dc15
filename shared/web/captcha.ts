import { RollcallError } from '#domain/error.ts';
import type { CaptchaCheck } from '#domain/subscriptions/ports.ts';
import type { Web, WebAnswer, WebLimits } from '#domain/web/ports.ts';
import { WebError } from '#domain/web/web-error.ts';

/** Where the provider of a CAPTCHA is asked, and by which secret it knows the site. */
export interface CaptchaAccount {
  readonly url: string;
  readonly secret: string;
}

/** A form waits for it. */
const limits: WebLimits = {
  connectMilliseconds: 2_000,
  answerMilliseconds: 3_000,
  idleMilliseconds: 1_000,
  totalMilliseconds: 4_000,
  maxBytes: 20_000,
};

/** Providers say that their answers have at most 2,048 characters; hCaptcha's are longer in practice. */
const maxAnswerLength = 10_000;

/**
 * Asks Turnstile, hCaptcha or any other that speaks like them whether a person solved their puzzle: a POST of `secret`,
 * `response` and `remoteip`, answered by JSON with `success`.
 * @throws RollcallError UNAVAILABLE where the provider cannot be asked: nobody is let in unchecked.
 */
export const captchaOver = (web: Pick<Web, 'send'>, { url, secret }: CaptchaAccount): CaptchaCheck => ({
  isSolved: async (answer, sourceIp) => {
    if (answer === '' || answer.length > maxAnswerLength) return false;
    const body = new URLSearchParams({ secret, response: answer, ...(sourceIp !== '' && { remoteip: sourceIp }) });
    try {
      const said = await web.send({
        link: url,
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
        body: body.toString(),
        limits,
      });
      const text = await textOf(said);
      if (said.status >= 500) throw unavailable();
      return said.status < 300 && isSuccess(text);
    } catch (error) {
      if (!(error instanceof WebError || error instanceof SyntaxError)) throw error;
      throw unavailable();
    }
  },
});

const unavailable = () =>
  new RollcallError('UNAVAILABLE', 'Whether a person fills in the form could not be checked; please try again');

/** The CAPTCHA of a stage. What opens sockets is loaded when it is needed: it would slow down every cold start. */
export const captchaOf = (account: CaptchaAccount, allowsLoopback: boolean): CaptchaCheck => ({
  isSolved: async (...asked) => {
    const { guardedWeb } = await import('./guarded-web.ts');
    return captchaOver(guardedWeb({ allowsHttp: allowsLoopback, allowsLoopback }), account).isSolved(...asked);
  },
});

const textOf = async ({ body }: WebAnswer): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
};

const isSuccess = (text: string): boolean => {
  const said: unknown = JSON.parse(text);
  return typeof said === 'object' && said !== null && 'success' in said && said.success === true;
};
