import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countVitest } from './lib/steps/test-reports.mjs';
import { ensureBuilt } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { finish } from './lib/steps/tally.mjs';
import { giveUp, say } from './lib/say.mjs';
import { inRoot } from './lib/root.mjs';
import { isRoot } from './lib/system.mjs';
import { run } from './lib/run.mjs';

// `npm run test:servers [-- NAME…]`: the command line against real CalDAV servers on loopback, which come as Debian
// packages. A server that cannot be installed or started is a failure. The last line is `N passed, N failed`.

const SERVERS = ['radicale', 'xandikos', 'cyrus', 'davical', 'sogo'];
/** The clients that are held against our own practice server. */
const CLIENTS = 'practice-clients';
/** What stands before servers: nginx, tinyproxy. */
const FRONTS = 'fronts';
const REPORT = inRoot('.cache/vitest-servers.json');
const POLICY = '/usr/sbin/policy-rc.d';

if (!isRoot() || !existsSync('/usr/bin/apt-get')) {
  giveUp(
    'The real servers are Debian packages and run as users of their own, which only root can set up. ' +
      'On Debian 12, type:\n  sudo npm run test:servers',
  );
}
const work = mkdtempSync(join(tmpdir(), 'hushcal-servers.'));
const ledger = join(work, 'started');

await ensureDependencies();
await ensureBuilt('cli');
await installServers();
const outcome = await runSuites(process.argv.slice(2));
await stopWhatIsLeft();
rmSync(work, { recursive: true, force: true });
finish([outcome]);

/** Installs the packages. The services of the same names that Debian would start stay down. */
async function installServers() {
  const isOurs = !existsSync(POLICY);
  if (isOurs) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const aptConfig = join(work, 'apt.conf');
  writeFileSync(aptConfig, 'DPkg::Lock::Timeout "300";\n');
  try {
    for (const name of [...SERVERS, CLIENTS, FRONTS]) {
      const { code, output } = await run(script(name), ['install'], {
        output: 'capture',
        env: { ...process.env, APT_CONFIG: aptConfig },
      });
      // Its tests say so again, one by one, when the server does not start.
      if (code !== 0) say(`${name} could not be installed:\n${output.trim().split('\n').slice(-5).join('\n')}`);
    }
  } finally {
    if (isOurs) rmSync(POLICY, { force: true });
  }
}

async function runSuites(names) {
  await mkdir(inRoot('.cache'), { recursive: true });
  rmSync(REPORT, { force: true });
  const vitest = spawn(
    process.execPath,
    [
      inRoot('node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'build/vitest.servers.config.ts',
      '--reporter=verbose',
      '--reporter=json',
      `--outputFile.json=${REPORT}`,
      ...names,
    ],
    { cwd: inRoot(), stdio: 'inherit', env: { ...process.env, HUSHCAL_SERVERS_LEDGER: ledger } },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => vitest.kill('SIGTERM'));
  const code = await new Promise((resolve) => vitest.on('close', (status) => resolve(status ?? 1)));
  return countVitest('servers', REPORT, code);
}

/** Stops the servers of test files that could not do so themselves. */
async function stopWhatIsLeft() {
  if (!existsSync(ledger)) return;
  for (const line of readFileSync(ledger, 'utf8').trim().split('\n')) {
    const [name, directory] = line.split('\t');
    if (!existsSync(directory)) continue;
    say(`Stopping ${name}, which was left running.`);
    await run(script(name), ['stop', directory], { output: 'capture', timeoutMs: 60_000 });
    rmSync(directory, { recursive: true, force: true });
  }
}

function script(name) {
  return inRoot('e2e/servers', `${name}.sh`);
}
