import type { IncomingHttpHeaders } from 'node:http';
import { HushError, type Reaction } from '../../../../shared/model/failure.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';
import { parseChallenges } from '../challenges.ts';

/** What went wrong at a proxy, which says nothing about the server behind it: not one of these was asked there. */

function failure(code: FailureCode, message: string, reaction: Reaction = 'fix-input', cause?: unknown): HushError {
  return new HushError({ code, message, reaction }, { cause });
}

const ELSE = 'Check its address (under "Connection" of the server, or HTTPS_PROXY), or ask its administrator.';

export function proxyUnreachable(proxy: string, cause: unknown): HushError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why =
    code === 'ENOTFOUND' || code === 'EAI_AGAIN'
      ? 'there is no such name'
      : code === 'ECONNREFUSED'
        ? 'nothing answers there'
        : code === 'UND_ERR_CONNECT_TIMEOUT'
          ? 'it did not respond in time'
          : 'the connection broke';
  return failure('PROXY_UNREACHABLE', `The proxy ${proxy} cannot be used: ${why}. ${ELSE}`, 'fix-input', cause);
}

/** Trouble with the TLS of a proxy that is reached by https; null for other trouble. */
export function proxyUntrusted(proxy: string, cause: unknown): HushError | null {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why = UNTRUSTED.find(([codes]) => codes.test(code))?.[1];
  if (why === undefined) return null;
  return failure('PROXY_UNTRUSTED', `The proxy ${proxy} cannot be trusted: ${why}`, 'fix-input', cause);
}

const ISSUER = 'Give the certificate of its issuer, under "Connection" of the server, or ask its administrator.';
/** Node's codes of a certificate that it does not believe, and of a handshake that failed. */
const UNTRUSTED: readonly (readonly [RegExp, string])[] = [
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'its certificate belongs to another name. Use a name that is in it.'],
  [/^CERT_HAS_EXPIRED$/, 'its certificate, or that of its issuer, has expired. Have it renewed.'],
  [/^CERT_NOT_YET_VALID$/, 'its certificate is not valid yet. Check the clock of this computer.'],
  [/^DEPTH_ZERO_SELF_SIGNED_CERT$/, `its certificate is self-signed. ${ISSUER}`],
  [
    /^SELF_SIGNED_CERT_IN_CHAIN$|^UNABLE_TO_/,
    `its certificate comes from an issuer that this computer does not know. ${ISSUER}`,
  ],
  [/^(?:CERT|CA|EE)_|^HOSTNAME_MISMATCH$|^INVALID_/, `its certificate cannot be believed. ${ISSUER}`],
  [
    /^ERR_SSL|^ERR_OSSL|^EPROTO$/,
    'it does not speak TLS as it should. If it is reached without TLS, write http:// before it; else ask its administrator.',
  ],
];

export function proxyUnsupported(what: string): HushError {
  return failure(
    'PROXY_UNSUPPORTED',
    `The way to this server is a ${what}, which Hushcal cannot use: it speaks to HTTP proxies. Name one, under "Connection" of the server or in HTTPS_PROXY, or say that there is none.`,
  );
}

/** What a proxy answered to CONNECT (RFC 9110 §9.3.6) with something else than a tunnel. */
export function proxyRefused(
  proxy: string,
  host: string,
  {
    status,
    headers,
    hadLogin,
  }: { readonly status: number; readonly headers: IncomingHttpHeaders; readonly hadLogin: boolean },
): HushError {
  // 401: so does Tinyproxy refuse a login that is wrong.
  if (status === 407 || status === 401) return loginWanted(proxy, host, headers, hadLogin);
  if (status >= 500) {
    return failure(
      'PROXY_FAILED',
      `The proxy ${proxy} could not reach ${host} (${status}). Check the address of the server, and whether the proxy may reach it.`,
      'retry-after',
    );
  }
  return failure(
    'PROXY_REFUSED',
    `The proxy ${proxy} does not let through to ${host} (${status}). Ask its administrator to allow it, or to have ${host} reached without it.`,
  );
}

function loginWanted(proxy: string, host: string, headers: IncomingHttpHeaders, hadLogin: boolean): HushError {
  const schemes = parseChallenges(headers['proxy-authenticate']).map(({ scheme }) => scheme);
  if (schemes.length > 0 && !schemes.includes('basic')) {
    const names = [
      ...new Set(
        schemes.map((scheme) => (scheme === 'ntlm' ? 'NTLM' : scheme.charAt(0).toUpperCase() + scheme.slice(1))),
      ),
    ];
    return failure(
      'PROXY_LOGIN_KIND',
      `The proxy ${proxy} wants a login by ${names.join(' or ')}, which Hushcal cannot do; it can do Basic. ` +
        `Ask its administrator for Basic, or for a way to ${host} without the proxy; or run a relay on this computer that logs in there, such as Px or Cntlm, and name that as the proxy.`,
    );
  }
  return hadLogin
    ? failure('PROXY_UNAUTHORIZED', `The proxy ${proxy} does not accept the user name or the password. Check both.`)
    : failure(
        'PROXY_UNAUTHORIZED',
        `The proxy ${proxy} wants a login. Write the user name into its address (http://user@host:port), and give the password, under "Connection" of the server.`,
      );
}
