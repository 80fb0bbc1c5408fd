import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** A real keyring of the desktop (the Secret Service of gnome-keyring) on a message bus of its own. */
interface Keyring {
  /** For `launchApp`: how a program of this session finds bus and keyring. */
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** Ends the session. What the keyring keeps stays in `folder`. */
  stop(): Promise<void>;
}

/** A folder for a keyring; give it to `startKeyring` again and the same keyring is opened. */
export const newKeyringFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'hushcal-keyring-'));

/** Starts a session as a login does: message bus, keyring, unlocked with the password of the person. */
export async function startKeyring(folder: string): Promise<Keyring> {
  const runtime = join(folder, 'runtime');
  await rm(runtime, { recursive: true, force: true });
  await mkdir(runtime, { recursive: true, mode: 0o700 });
  const places = { HOME: folder, XDG_DATA_HOME: join(folder, 'data'), XDG_RUNTIME_DIR: runtime };
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    env: { ...process.env, ...places },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const address = (await firstLine(bus, 'dbus-daemon')).trim();
  const session = { ...places, DBUS_SESSION_BUS_ADDRESS: address };
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...process.env, ...session },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  daemon.stdin.end('the password of the login');
  await untilOnBus('org.freedesktop.secrets', { ...process.env, ...session });
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: address },
    args: ['--password-store=gnome-libsecret'],
    stop: async () => {
      await ended(daemon);
      await ended(bus);
    },
  };
}

function firstLine(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`${name} ended with code ${String(code)}.`));
    });
  });
}

/** The keyring takes its name on the bus once it is unlocked; it says nothing else. */
async function untilOnBus(name: string, env: NodeJS.ProcessEnv): Promise<void> {
  const bus = '/org/freedesktop/DBus';
  const question = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', bus];
  for (let tries = 0; tries < 100; tries += 1) {
    const { stdout } = await exec('dbus-send', [...question, 'org.freedesktop.DBus.NameHasOwner', `string:${name}`], {
      env,
    });
    if (stdout.includes('boolean true')) return;
    await wait(100);
  }
  throw new Error(`${name} did not come up.`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}
