import { createHash, randomBytes } from 'node:crypto';
import type { Challenge } from '../challenges.ts';

/** The algorithms we speak, the stronger one first (RFC 7616 §3.7: the client takes the best it knows). */
const ALGORITHMS = [
  ['SHA-256', 'sha256'],
  ['MD5', 'md5'],
] as const;

/** A Digest challenge that can be answered (RFC 7616 §3.3), with `qop=auth`. */
export interface DigestChallenge {
  readonly algorithm: 'SHA-256' | 'MD5';
  readonly hash: 'sha256' | 'md5';
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  /** The nonce was too old; user and password may be right. */
  readonly stale: boolean;
}

/** The strongest Digest challenge that we can answer; null when there is none. */
export function bestDigest(challenges: readonly Challenge[]): DigestChallenge | null {
  for (const [algorithm, hash] of ALGORITHMS) {
    const found = challenges.find(({ scheme, parameters }) => {
      const named = parameters['algorithm']?.toUpperCase() ?? 'MD5';
      return scheme === 'digest' && named === algorithm && offersAuth(parameters['qop']);
    });
    const { realm, nonce, opaque, stale } = found?.parameters ?? {};
    if (realm === undefined || nonce === undefined) continue;
    return { algorithm, hash, realm, nonce, opaque: opaque ?? null, stale: stale?.toLowerCase() === 'true' };
  }
  return null;
}

function offersAuth(qop: string | undefined): boolean {
  return (qop ?? '').split(',').some((one) => one.trim().toLowerCase() === 'auth');
}

/** `H(user:realm:password)` (RFC 7616 §3.4.2), UTF-8: stands for the password, which need not be kept. */
export function secretOf({ hash, realm }: DigestChallenge, user: string, password: string): string {
  return digest(hash, `${user}:${realm}:${password}`);
}

interface DigestRequest {
  readonly user: string;
  readonly secret: string;
  readonly method: string;
  /** The request target as sent. */
  readonly uri: string;
  /** How often this nonce was used, this time included. */
  readonly count: number;
  readonly cnonce?: string;
}

/** The value of `Authorization` for one request (RFC 7616 §3.4). */
export function digestAuthorization(challenge: DigestChallenge, request: DigestRequest): string {
  const { algorithm, hash, realm, nonce, opaque } = challenge;
  const { user, secret, method, uri, count, cnonce = randomBytes(16).toString('base64url') } = request;
  const nc = count.toString(16).padStart(8, '0');
  const response = digest(hash, [secret, nonce, nc, cnonce, 'auth', digest(hash, `${method}:${uri}`)].join(':'));
  const parts = [
    named('username', user),
    `realm=${quoted(realm)}`,
    `uri=${quoted(uri)}`,
    `algorithm=${algorithm}`,
    `nonce=${quoted(nonce)}`,
    `nc=${nc}`,
    `cnonce=${quoted(cnonce)}`,
    'qop=auth',
    `response="${response}"`,
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
  ];
  return `Digest ${parts.join(', ')}`;
}

/** A parameter whose value may have other letters than ASCII (RFC 7616 §3.4: then in the form of RFC 8187). */
function named(name: string, value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return `${name}=${quoted(value)}`;
  const encoded = encodeURIComponent(value).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${name}*=UTF-8''${encoded}`;
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function digest(hash: 'sha256' | 'md5', text: string): string {
  return createHash(hash).update(text, 'utf8').digest('hex');
}
