import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareElectron, runOnServers } from './lib/steps/end-to-end.mjs';
import { countVitest } from './lib/steps/test-reports.mjs';
import { vitest } from './lib/steps/vitest.mjs';
import { ensureBuilt } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { finish } from './lib/steps/tally.mjs';
import { giveUp, say } from './lib/say.mjs';
import { inRoot } from './lib/root.mjs';
import { isRoot, withoutServices } from './lib/system.mjs';
import { run } from './lib/run.mjs';

// `npm run test:servers [-- NAME…]`: the command line against real CalDAV servers on loopback, which come as Debian
// packages. A server that cannot be installed or started is a failure. The last line is `N passed, N failed`.

const SERVERS = ['radicale', 'xandikos', 'cyrus', 'davical', 'sogo'];
/** The clients that are held against our own practice server. */
const CLIENTS = 'practice-clients';
/** What stands before servers: nginx, tinyproxy, squid. */
const FRONTS = 'fronts';
const REPORT = inRoot('.cache/vitest-servers.json');

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
const names = process.argv.slice(2);
const outcomes = await runWanted(names);
await stopWhatIsLeft();
rmSync(work, { recursive: true, force: true });
finish(outcomes);

/** Installs the packages. */
async function installServers() {
  const aptConfig = join(work, 'apt.conf');
  writeFileSync(aptConfig, 'DPkg::Lock::Timeout "300";\n');
  await withoutServices(async () => {
    for (const name of [...SERVERS, CLIENTS, FRONTS]) {
      const { code, output } = await run(script(name), ['install'], {
        output: 'capture',
        env: { ...process.env, APT_CONFIG: aptConfig },
      });
      // Its tests say so again, one by one, when the server does not start.
      if (code !== 0) say(`${name} could not be installed:\n${output.trim().split('\n').slice(-5).join('\n')}`);
    }
  });
}

/** The command line, and the window: each where a name fits one of its files, or none was given. */
async function runWanted(names) {
  const fits = (ending) =>
    names.length === 0 || files(ending).some((file) => names.some((name) => file.includes(name)));
  return [
    ...(fits('.test.ts') ? [await runSuites(names)] : []),
    ...(fits('.spec.ts')
      ? [await runOnServers(await prepareElectron(), names, { HUSHCAL_SERVERS_LEDGER: ledger })]
      : []),
  ];
}

function files(ending) {
  return readdirSync(inRoot('e2e/servers')).filter((name) => name.endsWith(ending));
}

async function runSuites(names) {
  await mkdir(inRoot('.cache'), { recursive: true });
  rmSync(REPORT, { force: true });
  const tests = vitest({ config: 'build/vitest.servers.config.ts', shown: 'verbose', report: REPORT, args: names });
  const running = spawn(process.execPath, tests, {
    cwd: inRoot(),
    stdio: 'inherit',
    env: { ...process.env, HUSHCAL_SERVERS_LEDGER: ledger },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => running.kill('SIGTERM'));
  const code = await new Promise((resolve) => running.on('close', (status) => resolve(status ?? 1)));
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
