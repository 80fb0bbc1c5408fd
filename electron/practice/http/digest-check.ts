import { createHash, randomBytes } from 'node:crypto';

/** Requests that one nonce is good for; then it is stale, so that clients see that too. */
const USES = 100;
/** Nonces that are remembered. */
const NONCES = 1000;

const ALGORITHMS = { 'SHA-256': 'sha256', MD5: 'md5' } as const;
const isAlgorithm = (name: string): name is keyof typeof ALGORITHMS => Object.hasOwn(ALGORITHMS, name);

/** Digest access authentication (RFC 7616), server side, `qop=auth`; every count of a nonce is taken once. */
export class DigestCheck {
  readonly #realm: string;
  readonly #password: string;
  readonly #nonces = new Map<string, Set<number>>();

  constructor(realm: string, password: string) {
    this.#realm = realm;
    this.#password = password;
  }

  /** The challenges of a 401, the preferred one first. */
  challenges(stale: boolean): string[] {
    const nonce = randomBytes(18).toString('base64url');
    this.#nonces.set(nonce, new Set());
    const [oldest] = this.#nonces.keys();
    if (this.#nonces.size > NONCES && oldest !== undefined) this.#nonces.delete(oldest);
    const more = stale ? ', stale=true' : '';
    return Object.keys(ALGORITHMS).map(
      (algorithm) =>
        `Digest realm="${this.#realm}", qop="auth", algorithm=${algorithm}, nonce="${nonce}", charset=UTF-8${more}`,
    );
  }

  /** The user who knows the password, and whether only the nonce will not do; null for a wrong login. */
  check(header: string, method: string, target: string): { readonly user: string; readonly stale: boolean } | null {
    const fields = fieldsOf(header);
    const algorithm = fields['algorithm'] ?? 'MD5';
    const user = fields['username'] ?? extended(fields['username*']);
    const { nonce, nc, cnonce, uri, response, realm, qop } = fields;
    if (!isAlgorithm(algorithm) || user === null || realm !== this.#realm || qop !== 'auth') return null;
    if (nonce === undefined || nc === undefined || cnonce === undefined || uri !== target) return null;
    const h = (text: string): string => createHash(ALGORITHMS[algorithm]).update(text, 'utf8').digest('hex');
    const secret = h(`${user}:${realm}:${this.#password}`);
    if (response !== h([secret, nonce, nc, cnonce, qop, h(`${method}:${uri}`)].join(':'))) return null;
    const count = /^[0-9a-f]{8}$/i.test(nc) ? parseInt(nc, 16) : 0;
    const used = this.#nonces.get(nonce);
    if (used === undefined || count < 1 || count > USES || used.has(count)) return { user, stale: true };
    used.add(count);
    return { user, stale: false };
  }
}

function fieldsOf(header: string): Partial<Record<string, string>> {
  const fields: Partial<Record<string, string>> = {};
  const rest = /^digest\s(.*)$/is.exec(header)?.[1] ?? '';
  for (const match of rest.matchAll(/(?<![a-z])([a-z]+\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi)) {
    fields[(match[1] ?? '').toLowerCase()] = match[3] ?? (match[2] ?? '').replace(/\\(.)/g, '$1');
  }
  return fields;
}

/** RFC 8187: `UTF-8''…`. */
function extended(value: string | undefined): string | null {
  const encoded = /^utf-8'[^']*'(.*)$/i.exec(value ?? '')?.[1];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
