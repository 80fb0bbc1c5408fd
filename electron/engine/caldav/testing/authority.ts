import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate with its key, as files and as text. */
export interface Issued {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
  readonly sha256: string;
}

interface Wanted {
  readonly names?: readonly string[];
  /** From now; negative: it is over. */
  readonly days?: number;
}

/** An authority of its own for one test, made by OpenSSL in a folder of its own. */
export class Authority {
  readonly root: Issued;
  readonly #folder: string;
  #serial = 1;

  private constructor(folder: string, root: Issued) {
    this.#folder = folder;
    this.root = root;
  }

  static async make(name = 'Test authority'): Promise<Authority> {
    const folder = await mkdtemp(join(tmpdir(), 'hushcal-authority.'));
    const root = await selfSigned(
      folder,
      'root',
      ['-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:TRUE'],
      2,
    );
    return new Authority(folder, root);
  }

  /** A certificate for host names and addresses, `localhost` when left out. */
  async issue({ names = ['localhost', '127.0.0.1'], days = 2 }: Wanted = {}): Promise<Issued> {
    const at = join(this.#folder, `issued-${(this.#serial += 1)}`);
    await makeKey(`${at}.key`);
    await run('openssl', [
      'req',
      '-new',
      '-key',
      `${at}.key`,
      '-subj',
      `/CN=${names[0] ?? 'nobody'}`,
      '-out',
      `${at}.csr`,
    ]);
    await writeFile(`${at}.ext`, `subjectAltName=${alternatives(names)}\n`);
    const { certFile, keyFile } = this.root;
    const signed = ['-CA', certFile, '-CAkey', keyFile, '-set_serial', String(this.#serial), '-extfile', `${at}.ext`];
    await run('openssl', ['x509', '-req', '-in', `${at}.csr`, ...signed, '-days', String(days), '-out', `${at}.pem`]);
    return issued(`${at}.pem`, `${at}.key`);
  }

  async selfSigned({ names = ['localhost', '127.0.0.1'], days = 2 }: Wanted = {}): Promise<Issued> {
    const more = ['-subj', `/CN=${names[0] ?? 'nobody'}`, '-addext', `subjectAltName=${alternatives(names)}`];
    return selfSigned(this.#folder, `own-${(this.#serial += 1)}`, more, days);
  }

  /** The same certificate and key as PKCS #12. */
  async toP12(one: Issued, password: string, more: readonly string[] = []): Promise<string> {
    const out = join(this.#folder, `bag-${(this.#serial += 1)}.p12`);
    const files = ['-in', one.certFile, '-inkey', one.keyFile, '-out', out];
    await run('openssl', ['pkcs12', '-export', ...more, ...files, '-passout', `pass:${password}`]);
    return out;
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

function alternatives(names: readonly string[]): string {
  return names.map((name) => (/^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`)).join(',');
}

async function makeKey(path: string): Promise<void> {
  await run('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', path]);
}

async function selfSigned(folder: string, name: string, more: readonly string[], days: number): Promise<Issued> {
  const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  await makeKey(key);
  await run('openssl', ['req', '-x509', '-new', '-key', key, '-days', String(days), '-out', cert, ...more]);
  return issued(cert, key);
}

function issued(certFile: string, keyFile: string): Issued {
  const cert = readFileSync(certFile, 'utf8');
  const sha256 = new X509Certificate(cert).fingerprint256;
  return { certFile, keyFile, cert, key: readFileSync(keyFile, 'utf8'), sha256 };
}
