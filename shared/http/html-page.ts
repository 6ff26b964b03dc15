import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** A page for people, made by the contract. */
export interface HtmlPage {
  readonly status: number;
  readonly html: string;
  /** The page's only style sheet, as it stands in the page. */
  readonly styles: string;
  /** The origin that answers to the page's form may lead to, beside its own. */
  readonly formTarget?: string;
  /** The origin that its images come from. */
  readonly imageSource?: string;
}

/**
 * A page that no cache keeps, no other page frames, no search engine indexes and no referrer names, and that runs nothing
 * and loads nothing but images of its stage: its one style sheet is named by its hash.
 */
export const htmlAnswer = ({
  status,
  html,
  styles,
  formTarget,
  imageSource,
}: HtmlPage): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: {
    'Content-Type': 'text/html;charset=UTF-8',
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src 'sha256-${createHash('sha256').update(styles).digest('base64')}'`,
      ...(imageSource === undefined ? [] : [`img-src ${imageSource}`]),
      // Browsers hold the redirect after a form to this, too.
      `form-action 'self'${formTarget === undefined ? '' : ` ${formTarget}`}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'X-Robots-Tag': 'noindex, nofollow',
  },
  body: html,
});

/** Sends a browser to another page by GET, without a referrer. */
export const redirectAnswer = (url: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 303,
  headers: { Location: url, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
});
