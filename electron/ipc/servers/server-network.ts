import { HushError } from '../../../shared/model/failure.ts';
import type { NetworkSpec } from '../../../shared/model/network.ts';
import type { NetworkInput } from '../../../shared/ipc/network-input.ts';
import type { Ports } from '../ports.ts';
import { NETWORK_SECRETS } from './servers.ts';

/** What the window is told of the ways to servers: files that were chosen, passwords beside the server's, the login under way. */
export class ServerNetwork {
  readonly #ports: Pick<Ports, 'secrets' | 'desktop' | 'engine'>;
  /** What the dialog gave: the page names paths, and only these are opened. */
  readonly #chosen = new Set<string>();
  /** Login and search under no name, each look at an account under its own. */
  readonly #going = new Map<string, AbortController>();

  constructor(ports: Pick<Ports, 'secrets' | 'desktop' | 'engine'>) {
    this.#ports = ports;
  }

  /** Ends what goes on under this name; gives the signal of the next one. */
  begin(name = ''): AbortSignal {
    this.cancel(name);
    const going = new AbortController();
    this.#going.set(name, going);
    return going.signal;
  }

  cancel(name = ''): void {
    this.#going.get(name)?.abort();
    this.#going.delete(name);
  }

  async chooseFile(): Promise<{ readonly path: string } | null> {
    const [path] = (await this.#ports.desktop.choosePaths('certificate')) ?? [];
    if (path === undefined) return null;
    this.#chosen.add(path);
    return { path };
  }

  /** Throws HushError for a file that was neither chosen nor kept. */
  checkPaths({ authorities = [], certificate, key }: NetworkSpec, kept: NetworkSpec = {}): void {
    const known = new Set([...this.#chosen, ...(kept.authorities ?? []), kept.certificate, kept.key]);
    if ([...authorities, certificate, key].every((path) => path === undefined || known.has(path))) return;
    throw new HushError({
      code: 'SOURCE_NO_PATH',
      message: 'This file was not chosen in the dialog, so it is not opened. Choose it again.',
      reaction: 'fix-input',
    });
  }

  /** Certificates that a person trusts from now on. Throws HushError `AUDIT_NOT_WRITTEN`: then they are not. */
  async noteTrust({ fingerprints = [] }: NetworkSpec, kept: NetworkSpec = {}): Promise<void> {
    const known = new Set((kept.fingerprints ?? []).map(({ host, sha256 }) => `${host ?? ''} ${sha256}`));
    for (const one of fingerprints) {
      if (!known.has(`${one.host ?? ''} ${one.sha256}`)) await this.#ports.engine.noteTrust(one);
    }
  }

  /**
   * In the same place as the password of the server; an empty one is forgotten.
   *
   * @param isOtherProxy what is kept was given for another proxy
   */
  async keepSecrets(id: string, given: Partial<NetworkInput>, remember: boolean, isOtherProxy: boolean): Promise<void> {
    const { secrets } = this.#ports;
    if (isOtherProxy) await secrets.forget(NETWORK_SECRETS.proxyPassword + id);
    for (const what of ['proxyPassword', 'keyPassword'] as const) {
      const secret = given[what] ?? null;
      if (secret === '') await secrets.forget(NETWORK_SECRETS[what] + id);
      else if (secret !== null) await secrets.keep(NETWORK_SECRETS[what] + id, secret, remember);
    }
  }

  async forgetSecrets(id: string): Promise<void> {
    for (const name of Object.values(NETWORK_SECRETS)) await this.#ports.secrets.forget(name + id);
  }
}
