import { HushError, type Reaction } from '../../../../shared/model/failure.ts';
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

const SELF_SIGNED = ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'];
const UNTRUSTED = ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'];
const UNREACHABLE = ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'ENETDOWN'];
const TIMED_OUT = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'];

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
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || UNREACHABLE.includes(code)) {
    return [
      'SERVER_UNREACHABLE',
      `${host} cannot be reached. Check the address, your network and the firewall.`,
      'retry-after',
    ];
  }
  if (SELF_SIGNED.includes(code)) {
    return [
      'TLS_SELF_SIGNED',
      `${host} shows a self-signed certificate, so it cannot be told from an impostor. Install its certificate on this computer, then try again.`,
      'fix-input',
    ];
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return ['TLS_EXPIRED', `The certificate of ${host} has expired. Have it renewed, then try again.`, 'fix-input'];
  }
  if (code === 'CERT_NOT_YET_VALID') {
    return [
      'TLS_NOT_YET_VALID',
      `The certificate of ${host} is not valid yet. Check the clock of this computer.`,
      'fix-input',
    ];
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return [
      'TLS_WRONG_NAME',
      `The certificate at ${host} belongs to another name. Use the name in the certificate, or have it corrected.`,
      'fix-input',
    ];
  }
  if (UNTRUSTED.includes(code) || code.startsWith('CERT_')) {
    return [
      'TLS_UNTRUSTED',
      `The certificate of ${host} comes from an issuer that this computer does not know. Install the issuer's certificate, then try again.`,
      'fix-input',
    ];
  }
  if (code.startsWith('ERR_SSL') || code === 'EPROTO') {
    return ['TLS_FAILED', `${origin} does not speak TLS. If the server offers no https, check the port.`, 'fix-input'];
  }
  if (isUnreadable(code)) {
    return [
      'SERVER_NOT_HTTP',
      `${origin} answers, but not as a web server does. Check the address and the port.`,
      'fix-input',
    ];
  }
  if (TIMED_OUT.includes(code)) {
    return ['SERVER_TIMEOUT', `${host} did not answer in time. Try again later.`, 'retry-after'];
  }
  return ['SERVER_CONNECTION_LOST', `The connection to ${host} was lost before an answer came.`, 'retry-now'];
}

/** A broken connection as a failure. What was thrown below (a stop, a HushError) goes through unchanged. */
export function connectionFailure(error: unknown, origin: string): HushError {
  if (error instanceof HushError) return error;
  const [code, message, reaction] = say(codeOf(error), origin, new URL(origin).hostname);
  return new HushError({ code, message, reaction }, { cause: error });
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
    isTlsProblem(code)
  );
}

function isTlsProblem(code: string): boolean {
  return (
    SELF_SIGNED.includes(code) ||
    UNTRUSTED.includes(code) ||
    code.startsWith('CERT_') ||
    code.startsWith('ERR_TLS') ||
    code.startsWith('ERR_SSL')
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
  'UND_ERR_CONNECT_TIMEOUT',
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
