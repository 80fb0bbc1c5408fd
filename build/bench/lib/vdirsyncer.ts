import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resourceText } from './generate.ts';
import { inNewCalendar, type Field, type Lap } from './contest.ts';

const run = promisify(execFile);

/** Installs Debian's package where it is missing (root). Gives its version. */
export async function ensureVdirsyncer(): Promise<string> {
  const version = (): Promise<string> => run('vdirsyncer', ['--version']).then(({ stdout }) => stdout.trim());
  return version().catch(async () => {
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'vdirsyncer'], { maxBuffer: 1 << 26 });
    return version();
  });
}

/** A first sync of a folder of events into an empty calendar; the discovery before it is not timed. */
export function vdirsyncerLap(field: Field): Promise<Lap> {
  return inNewCalendar(field, async (url) => {
    const folder = await mkdtemp(join(tmpdir(), 'hushcal-bench-vdir-'));
    try {
      await prepare(folder, url, field);
      const env = { ...process.env, VDIRSYNCER_CONFIG: join(folder, 'config'), LC_ALL: 'C.UTF-8' };
      await run('bash', ['-c', 'yes | vdirsyncer discover bench'], { env });
      const began = performance.now();
      const script = 'TIMEFORMAT="%U %S"; time vdirsyncer -v ERROR sync bench';
      const { stderr } = await run('bash', ['-c', script], { env, maxBuffer: 1 << 26 });
      const wallMs = performance.now() - began;
      const [user, system] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
      return { wallMs, cpuMs: ((user ?? NaN) + (system ?? NaN)) * 1000, times: null };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function prepare(folder: string, url: string, { server, count, shape }: Field): Promise<void> {
  const events = join(folder, 'events', 'bench');
  await mkdir(events, { recursive: true });
  for (let n = 0; n < count; n += 1) await writeFile(join(events, `bench-${String(n)}.ics`), resourceText(n, shape));
  const collection = url.split('/').at(-2) ?? '';
  const config = `
[general]
status_path = "${folder}/status/"

[pair bench]
a = "local"
b = "remote"
collections = [["bench", "bench", "${collection}"]]

[storage local]
type = "filesystem"
path = "${folder}/events/"
fileext = ".ics"

[storage remote]
type = "caldav"
url = "${server.origin}/"
username = "${server.user}"
password = "${server.password}"
`;
  await writeFile(join(folder, 'config'), config);
}
