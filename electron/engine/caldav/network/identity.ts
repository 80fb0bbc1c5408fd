import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import { HushError } from '../../../../shared/model/failure.ts';
import type { NetworkSpec } from '../../../../shared/model/network.ts';
import { certificatesIn, isCertificate } from './authorities.ts';

type Own = Pick<SecureContextOptions, 'cert' | 'key' | 'pfx' | 'passphrase'>;

/** The authorities of a file. Throws HushError `CERTIFICATE_UNREADABLE` where there is none in it. */
export async function readAuthorities(path: string): Promise<readonly string[]> {
  const bytes = await read(path);
  const found = certificatesIn(bytes.toString('utf8')).filter(isCertificate);
  if (found.length > 0) return found;
  throw unreadable(
    `${path} has no certificate in PEM, which begins with "-----BEGIN CERTIFICATE-----".${derAdvice(bytes, path)}`,
  );
}

/**
 * What makes up a TLS connection: whom to believe, and who one is.
 *
 * @throws HushError `CERTIFICATE_UNREADABLE`, one sentence with what to do
 */
export async function secureContext(
  authorities: readonly string[],
  spec: Pick<NetworkSpec, 'certificate' | 'key'>,
  password: () => Promise<string | null>,
): Promise<SecureContext> {
  const { certificate } = spec;
  if (certificate === undefined) return make(authorities, {});
  const own = await readOwn(certificate, spec.key, password);
  try {
    return make(authorities, own);
  } catch (error) {
    throw unusable(error, certificate, own);
  }
}

/** Authorities as one text are read in half the time; where a system keeps something that cannot be read, without that. */
function make(authorities: readonly string[], own: Own): SecureContext {
  // An intermediate authority that was given counts by itself.
  const more = { ...own, minVersion: 'TLSv1.2', allowPartialTrustChain: true } as const;
  try {
    return createSecureContext({ ...more, ca: authorities.join('\n') });
  } catch {
    return createSecureContext({ ...more, ca: authorities.filter(isCertificate).join('\n') });
  }
}

async function readOwn(
  path: string,
  keyPath: string | undefined,
  password: () => Promise<string | null>,
): Promise<Own> {
  const certificate = await read(path);
  const passphrase = await password();
  const secret = passphrase === null ? {} : { passphrase };
  if (!certificate.includes('-----BEGIN ')) return { pfx: certificate, ...secret };
  const key = keyPath === undefined ? certificate : await read(keyPath);
  if (!/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(key.toString('latin1'))) {
    throw unreadable(
      `${keyPath ?? path} has no private key in PEM. Give the file of the key besides that of the certificate.`,
    );
  }
  return { cert: certificate, key, ...secret };
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const why = code === 'ENOENT' ? 'is not there' : 'cannot be read';
    throw unreadable(`The file ${path} ${why}. Check its path and its permissions.`);
  }
}

function derAdvice(bytes: Buffer, path: string): string {
  return bytes[0] === 0x30 ? ` Convert it: openssl x509 -inform der -in "${path}" -out ca.pem` : '';
}

/** What OpenSSL or BoringSSL says of a certificate that it does not take, by its words: their codes differ. */
function unusable(error: unknown, path: string, own: Own): HushError {
  const words = error instanceof Error ? `${error.message} ${'code' in error ? String(error.code) : ''}` : '';
  if (/values.mismatch/i.test(words)) return unreadable(`The key does not belong to the certificate ${path}.`);
  if (own.pfx !== undefined && /unsupported|unknown.(?:cipher|algorithm|digest)/i.test(words)) {
    return unreadable(
      `${path} is protected in an old way that is not read any more. Convert it: openssl pkcs12 -legacy -in "${path}" -nodes -out client.pem`,
    );
  }
  if (/mac.verify|bad.decrypt|bad.password|password|passphrase|interrupted/i.test(words)) {
    const which = own.passphrase === undefined ? 'needs its password' : 'does not open with that password';
    return unreadable(`The key of ${path} ${which}.`);
  }
  return unreadable(`${path} is no certificate that can be used to log in: neither PEM nor PKCS #12 (.p12, .pfx).`);
}

function unreadable(message: string): HushError {
  return new HushError({ code: 'CERTIFICATE_UNREADABLE', message, reaction: 'fix-input' });
}
