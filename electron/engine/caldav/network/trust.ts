import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { HushError } from '../../../../shared/model/failure.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';
import type { CertificateInfo } from '../../../../shared/model/network.ts';
import type { TrustedCertificates } from '../types.ts';

const UNKNOWN_ISSUER = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];
const WEAK = ['EE_KEY_TOO_SMALL', 'CA_KEY_TOO_SMALL', 'CA_MD_TOO_WEAK'];
const WHAT_TO_DO =
  'Give the certificate of its issuer (under "Connection" of the server), or trust this one certificate by its fingerprint.';

/**
 * Holds the certificate that a server shows against what counts. Where fingerprints are named, one of them must be it,
 * whoever vouches for another; else an authority must vouch for it, and for the name.
 *
 * @param socket connected, no session resumed: then its `authorized` covers the chain, the dates and the name
 * @throws HushError `TLS_…`, with the certificate
 */
export function checkCertificate(socket: TLSSocket, host: string, trusted: TrustedCertificates): void {
  const shown = socket.getPeerX509Certificate();
  if (shown !== undefined && trusted.fingerprints.includes(shown.fingerprint256)) return;
  if (shown === undefined) throw failure('TLS_UNTRUSTED', `${host} shows no certificate.`, '');
  if (trusted.fingerprints.length > 0) throw changed(host, shown, trusted);
  if (socket.authorized) return;
  // Node declares an Error and gives its code.
  throw untrusted(host, shown, String(socket.authorizationError));
}

function changed(host: string, shown: X509Certificate, { fingerprints, byName }: TrustedCertificates): HushError {
  const both = `Trusted: ${fingerprints.join(' or ')}. Shown: ${shown.fingerprint256}. Nothing was sent.`;
  const [code, message]: readonly [FailureCode, string] = byName
    ? [
        'TLS_CHANGED',
        `${host} shows another certificate than the one that was trusted. ${both} Ask its administrator whether it was renewed, and only then trust the new one.`,
      ]
    : [
        'TLS_WHOSE_CERTIFICATE',
        `${host} shows another certificate than the one that was trusted, without the name of a server and so for every one. ${both} ` +
          'Say which server the trusted one belongs to. If it is this one, ask its administrator whether it was renewed.',
      ];
  return failure(code, message, code, describe(shown, host));
}

function untrusted(host: string, shown: X509Certificate, why: string): HushError {
  const certificate = describe(shown, host);
  const { issuer, names, from, to } = certificate;
  const say = (code: FailureCode, message: string): HushError => failure(code, message, why, certificate);
  if (why === 'DEPTH_ZERO_SELF_SIGNED_CERT') {
    return say(
      'TLS_SELF_SIGNED',
      `${host} shows a self-signed certificate, so it cannot be distinguished from an impostor. Give that certificate (under "Connection" of the server), or trust it by its fingerprint.`,
    );
  }
  if (why === 'CERT_HAS_EXPIRED') {
    return say(
      'TLS_EXPIRED',
      `The certificate of ${host}, or of its issuer, has expired (${to}). Have it renewed, then try again.`,
    );
  }
  if (why === 'CERT_NOT_YET_VALID') {
    return say(
      'TLS_NOT_YET_VALID',
      `The certificate of ${host} is not valid before ${from}. Check the clock of this computer.`,
    );
  }
  if (why === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const others = names.length === 0 ? 'another name' : names.slice(0, 5).join(', ');
    return say(
      'TLS_WRONG_NAME',
      `The certificate at ${host} belongs to ${others}. Use a name that is in the certificate, or have it corrected.`,
    );
  }
  if (WEAK.includes(why)) {
    return say(
      'TLS_TOO_WEAK',
      `The certificate of ${host}, or of its issuer, has a key or a signature too weak to be believed. Have it renewed.`,
    );
  }
  if (UNKNOWN_ISSUER.includes(why)) {
    return say(
      'TLS_UNTRUSTED',
      `The certificate of ${host} comes from an issuer that this computer does not know: ${issuer}. ${WHAT_TO_DO}`,
    );
  }
  return say('TLS_UNTRUSTED', `The certificate of ${host} cannot be believed (${why}). ${WHAT_TO_DO}`);
}

function failure(code: FailureCode, message: string, why: string, certificate?: CertificateInfo): HushError {
  const cause = Object.assign(new Error(message), { code: why });
  const more = certificate === undefined ? {} : { certificate };
  return new HushError({ code, message, reaction: 'fix-input', ...more }, { cause });
}

function describe(certificate: X509Certificate, host: string): CertificateInfo {
  const { subject, issuer, subjectAltName, validFrom, validTo, fingerprint256 } = certificate;
  return {
    host,
    subject: inOneLine(subject),
    issuer: inOneLine(issuer),
    names: namesIn(subjectAltName),
    from: day(validFrom),
    to: day(validTo),
    sha256: fingerprint256,
  };
}

/** Node gives one part of a name per line; none at all where there is none. */
function inOneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ').slice(0, 300);
}

function namesIn(alternatives: string | undefined): readonly string[] {
  const parts = (alternatives ?? '').split(/,\s*/).filter((part) => part !== '');
  return parts.slice(0, 100).map((part) => part.replace(/^(?:DNS|IP Address|URI|email):/, ''));
}

function day(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : new Date(at).toISOString();
}
