import { HushError, type Reaction } from '../../../../shared/model/failure.ts';
import { clientCertificateWords, isAboutOurs } from '../network/handshake.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';

/** The code of a system or undici error, searched through its causes. */
function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string' && at.code !== '') return at.code;
    // undici leaves the code out for some of them.
    if (at.name === 'HTTPParserError') return 'HPE_INVALID';
    if (at instanceof AggregateError) {
      const inner = at.errors.map(codeOf).find((code) => code !== '');
      if (inner !== undefined) return inner;
    }
  }
  return '';
}

const UNREACHABLE = ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'ENETDOWN'];

/** Which deadline passed (see deadlines.ts); null for any other trouble, and for one that is said already. */
export function lateness(error: unknown): 'connect' | 'answer' | 'body' | null {
  if (error instanceof HushError) return null;
  switch (codeOf(error)) {
    case 'UND_ERR_CONNECT_TIMEOUT':
      return 'connect';
    case 'UND_ERR_HEADERS_TIMEOUT':
      return 'answer';
    case 'UND_ERR_BODY_TIMEOUT':
      return 'body';
    default:
      return null;
  }
}

type Said = readonly [code: FailureCode, message: string, reaction: Reaction];

function say(code: string, origin: string, host: string): Said {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') {
    return [
      'SERVER_NOT_FOUND',
      `There is no server named ${host}. Check the spelling of the address and your network.`,
      'fix-input',
    ];
  }
  if (code === 'ECONNREFUSED') {
    return [
      'SERVER_REFUSED',
      `Nothing answers at ${origin}. Check the address and the port, and that the server runs.`,
      'fix-input',
    ];
  }
  if (code === 'ETIMEDOUT' || UNREACHABLE.includes(code)) {
    return [
      'SERVER_UNREACHABLE',
      `${host} cannot be reached. Check the address, your network and the firewall.`,
      'retry-after',
    ];
  }
  if (isUnreadable(code)) {
    return [
      'SERVER_NOT_HTTP',
      `${origin} answers, but not as a web server does. Check the address and the port.`,
      'fix-input',
    ];
  }
  return ['SERVER_CONNECTION_LOST', `The connection to ${host} was lost before an answer came.`, 'retry-now'];
}

/** Whether a server asked for a certificate of ours when the connection stood already (RFC 8446 §4.4.2.4). */
function wantsCertificate(error: unknown): boolean {
  const code = codeOf(error);
  return code.startsWith('ERR_SSL') && isAboutOurs(code);
}

/** A broken connection as a failure. What was thrown below (a stop, a HushError) goes through unchanged. */
export function connectionFailure(error: unknown, origin: string): HushError {
  if (error instanceof HushError) return error;
  const { hostname } = new URL(origin);
  const [code, message, reaction]: Said = wantsCertificate(error)
    ? ['SERVER_WANTS_CERTIFICATE', clientCertificateWords(hostname), 'fix-input']
    : say(codeOf(error), origin, hostname);
  return new HushError({ code, message, reaction }, { cause: error });
}

/** What the connector says is said before there is a connection. */
function isOfConnector(error: unknown): boolean {
  return error instanceof HushError && /^(?:TLS|PROXY|CERTIFICATE)_/.test(error.failure.code);
}

/** No byte of the request can have reached the server: it never got a connection. */
export function neverLeft(error: unknown): boolean {
  const code = codeOf(error);
  return (
    code === 'ECONNREFUSED' ||
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    code === 'ENOTFOUND' ||
    code === 'EAI_AGAIN' ||
    UNREACHABLE.includes(code) ||
    isOfConnector(error)
  );
}

function isUnreadable(code: string): boolean {
  return code.startsWith('HPE_');
}

/** The answer came and breaks the rules of HTTP/1.1, as undici reads them. */
export function isMalformed(error: unknown): boolean {
  return isUnreadable(codeOf(error));
}

const BROKEN = [
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  // The answer ended before its end.
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'HPE_INVALID_EOF_STATE',
];

/** Worth another try of a read: the connection broke, it was not refused for good. */
export function isPassing(error: unknown): boolean {
  return BROKEN.includes(codeOf(error));
}

/** The request was stopped by a signal. */
export function stopped(): HushError {
  return new HushError({ code: 'STOPPED', message: 'Stopped before it was finished.', reaction: 'stop-job' });
}
