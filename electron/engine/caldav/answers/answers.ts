import { HushError } from '../../../../shared/model/failure.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';
import { clientCertificateWords } from '../network/handshake.ts';
import { isLockedOut } from '../transport/entrance.ts';
import { retryAfter, type HttpAnswer } from '../transport/http.ts';
import { isHtml, saying } from './words.ts';

const lenient = new TextDecoder('utf-8', { ignoreBOM: false });

/** An answer's body as text; wrong UTF-8 becomes U+FFFD. */
export function bodyText(answer: HttpAnswer): string {
  return answer.body.length === 0 ? '' : lenient.decode(answer.body);
}

/** An answer to a report that says nothing of whether there is such a report. */
export function isBusy(status: number): boolean {
  return status === 401 || status === 429 || status === 503;
}

/** How nginx says that it wants a certificate of the client (`ssl_verify_client`), seen of 1.22.1. */
const NGINX_WANTS = /No required SSL certificate was sent|The SSL certificate error/;

/** A read that was answered with something else than what was asked for, as a failure a person can act on. */
export function unexpected(answer: HttpAnswer, url: string): HushError {
  const body = bodyText(answer);
  const { status } = answer;
  if (status === 400 && NGINX_WANTS.test(body)) {
    return failure('SERVER_WANTS_CERTIFICATE', clientCertificateWords(new URL(url).hostname), 'fix-input');
  }
  if (status === 401) {
    return failure(
      'SERVER_UNAUTHORIZED',
      answer.denied ?? 'The server does not accept the user name or the password. Check both.',
      'fix-input',
    );
  }
  if (status === 403) {
    return failure('SERVER_FORBIDDEN', `You are not allowed to read ${url}.${saying(body)}`, 'fix-input');
  }
  if (isLockedOut(answer)) return lockedOut(retryAfter(answer.headers));
  if (status === 429 || status === 503) {
    return failure(
      'SERVER_BUSY',
      `The server is too busy to answer (${status}). Try again later.${saying(body)}`,
      'retry-after',
      retryAfter(answer.headers),
    );
  }
  if (status >= 500 && status !== 501) {
    return failure(
      'SERVER_FAILED',
      `The server failed (${status}) while reading ${url}.${saying(body)}`,
      'retry-after',
      retryAfter(answer.headers),
    );
  }
  if (status === 404 || status === 410) {
    return nothingThere(url);
  }
  return notCalDav(url, status, body);
}

function lockedOut(seconds: number | null): HushError {
  const minutes = Math.ceil((seconds ?? 0) / 60);
  const wait = minutes === 0 ? 'a while' : minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return failure(
    'SERVER_LOCKED',
    `The server has locked everybody out who comes from this address, after too many wrong passwords. Check the password, wait ${wait}, then try once.`,
    'fix-input',
  );
}

export function nothingThere(url: string): HushError {
  return failure('SERVER_NO_CALENDAR', `There is nothing at ${url}. Check the address.`, 'fix-input');
}

/** Something answers, but it is no CalDAV server; `SERVER_NO_DAV` where there may be one that has nothing there. */
function notCalDav(url: string, status: number, body: string): HushError {
  const what = isHtml(body) ? 'a web page' : `an answer without calendar data (${status})`;
  return failure(
    status === 405 || status === 409 ? 'SERVER_NO_DAV' : 'SERVER_NOT_CALDAV',
    `${url} is not a CalDAV server: it sends ${what}. Check the address; the one of the web interface is often another.`,
    'fix-input',
  );
}

function failure(
  code: FailureCode,
  message: string,
  reaction: HushError['failure']['reaction'],
  seconds: number | null = null,
): HushError {
  return new HushError({ code, message, reaction }, { retryAfter: seconds });
}
