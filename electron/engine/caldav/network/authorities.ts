import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

type Env = Readonly<Record<string, string | undefined>>;

/** Where Linux and BSD systems keep the authorities of their administrators, in one file. The first that is there counts. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt', // Debian, Ubuntu, Arch, Alpine
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', // RHEL, Fedora
  '/etc/pki/tls/certs/ca-bundle.crt', // older RHEL
  '/etc/ssl/ca-bundle.pem', // SUSE
  '/etc/ssl/cert.pem', // BSD, and Node's own default
];

const kept = new Map<string, readonly string[]>();

/**
 * The authorities that this computer trusts, as PEM: Mozilla's, which come with Node; those of the operating system; and
 * those of `NODE_EXTRA_CA_CERTS`, which Node adds only where nobody names authorities. No package with native parts is
 * needed: Node reads the stores of Windows and macOS itself (22.15 and newer, so in the app), and on Linux they are a file.
 */
export function systemAuthorities(env: Env): readonly string[] {
  const { SSL_CERT_FILE: chosen, NODE_EXTRA_CA_CERTS: extra } = env;
  const key = JSON.stringify([chosen, extra]);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const bundles = chosen === undefined || chosen === '' ? BUNDLES : [chosen];
  const ofFile = bundles.map(certificatesOfFile).find((found) => found.length > 0) ?? [];
  const more = extra === undefined || extra === '' ? [] : certificatesOfFile(extra);
  const all = [...new Set([...tls.rootCertificates, ...ofSystem(), ...ofFile, ...more].map((pem) => pem.trim()))];
  kept.set(key, all);
  return all;
}

/** Node's own reading of the system's store; nothing where this Node has none. */
function ofSystem(): readonly string[] {
  // Newer than the oldest Node that runs this, whose types do not have it.
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => readonly string[] };
  try {
    return getCACertificates?.('system') ?? [];
  } catch {
    return [];
  }
}

function certificatesOfFile(path: string): readonly string[] {
  try {
    return certificatesIn(readFileSync(path, 'utf8'));
  } catch {
    return [];
  }
}

/** The certificates of a PEM text, one text each, as they are written: none of them is read yet. */
export function certificatesIn(text: string): readonly string[] {
  const blocks = text.split(/(?=-----BEGIN )/);
  return blocks.flatMap((block) => {
    const end = block.indexOf('-----END ');
    const closed = end < 0 ? -1 : block.indexOf('\n', end);
    const pem = closed < 0 ? block : block.slice(0, closed);
    const plain = pem.replace('BEGIN TRUSTED CERTIFICATE', 'BEGIN CERTIFICATE').replace('END TRUSTED', 'END');
    return plain.startsWith('-----BEGIN CERTIFICATE') ? [plain] : [];
  });
}

/** Whether it can be read. Takes milliseconds where it can. */
export function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
