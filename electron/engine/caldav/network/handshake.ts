import { HushError } from '../../../../shared/model/failure.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';

/**
 * What it means that TLS could not be agreed on; null for other trouble. OpenSSL and BoringSSL (in the app) name the same
 * alerts (RFC 8446 §6) with other words before them.
 */
export function handshakeFailure(error: unknown, origin: string): HushError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = error instanceof Error ? `${code} ${error.message}` : code;
  const { hostname } = new URL(origin);
  if (!/^ERR_SSL|^ERR_OSSL|^EPROTO$/.test(code)) return null;
  const say = (name: FailureCode, message: string): HushError =>
    new HushError({ code: name, message, reaction: 'fix-input' }, { cause: error });
  if (/protocol.version|unsupported.protocol|version.too.low/i.test(words)) {
    return say(
      'TLS_TOO_OLD',
      `${hostname} speaks only a version of TLS older than 1.2, which is not safe. Have TLS 1.2 or newer switched on there.`,
    );
  }
  if (/dh.key.too.small|no.shared.cipher|insufficient.security|bad.dh/i.test(words)) {
    return say('TLS_TOO_WEAK', `${hostname} offers only encryption that is too weak. Have its TLS settings renewed.`);
  }
  if (isAboutOurs(words)) return say('TLS_CLIENT_CERTIFICATE', clientCertificateWords(hostname));
  return say('TLS_FAILED', `${origin} does not speak TLS. If the server offers no https, check the port.`);
}

/** An alert by which a server says that it wants another certificate of the client, or any. */
export function isAboutOurs(words: string): boolean {
  return /certificate.required|bad.certificate|unknown.ca\b|certificate.(?:unknown|expired|revoked)|handshake.failure/i.test(
    words,
  );
}

export function clientCertificateWords(hostname: string): string {
  return `${hostname} wants a certificate of yours, and takes none or not the one that was given. Give it, under "Connection" of the server.`;
}
