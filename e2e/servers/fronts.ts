import { execFile } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Issued } from '../../electron/engine/caldav/testing/authority.ts';
import { freePorts } from './running-server.ts';

const run = promisify(execFile);
const SCRIPT = path.join(import.meta.dirname, 'fronts.sh');

/** One port of nginx, and what is behind it. */
export interface Door {
  readonly name: string;
  readonly certificate: Issued;
  readonly upstream: string;
  /** PEM file: it asks for a certificate of the client that this authority issued. */
  readonly asks?: string;
}

/**
 * Starts nginx, tinyproxy and squid in a folder. Gives the first of their ports; `fronts.sh` says what listens where.
 *
 * @param proxy the certificate of the squid that is reached by https
 * @param environment settings of the script
 */
export async function startFronts(
  folder: string,
  doors: readonly Door[],
  proxy: Issued,
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  const lines = doors.map(({ name, certificate: { certFile, keyFile }, upstream, asks = '' }) =>
    [name, certFile, keyFile, upstream, asks].join(' ').trim(),
  );
  writeFileSync(path.join(folder, 'doors'), `${lines.join('\n')}\n`);
  writeFileSync(path.join(folder, 'squid'), `${proxy.certFile} ${proxy.keyFile}\n`);
  const ledger = process.env['HUSHCAL_SERVERS_LEDGER'];
  if (ledger !== undefined) appendFileSync(ledger, `fronts\t${folder}\n`);
  const port = await freePorts(20);
  await run(SCRIPT, ['start', String(port), folder], { env: { ...process.env, ...environment } });
  return port;
}

export async function stopFronts(folder: string): Promise<void> {
  await run(SCRIPT, ['stop', folder]);
}
