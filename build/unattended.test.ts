import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCommand } from '../electron/cli/commands.ts';
import { flagsIn } from '../electron/cli/output/help/help.ts';
import { inRoot } from './lib/root.mjs';

const FOLDER = inRoot('docs/examples/systemd');
const UNITS = readdirSync(FOLDER);
const read = (unit: string): string => readFileSync(join(FOLDER, unit), 'utf8');
/** Only where systemd is: elsewhere the units are checked for their options alone. */
const SYSTEMD = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('the units for systemd', () => {
  it('are a service with a timer each', () => {
    const services = UNITS.filter((unit) => unit.endsWith('.service'));
    expect(services.length).toBeGreaterThan(1);
    expect(UNITS.toSorted()).toEqual(services.flatMap((unit) => [unit, unit.replace(/service$/, 'timer')]).toSorted());
  });

  it('say only what the commands take', async () => {
    const lines = UNITS.flatMap((unit) => [...read(unit).matchAll(/^ExecStart=\S*hushcal (\S+) (.*)$/gm)]);
    expect(lines).toHaveLength(UNITS.length / 2);
    for (const [line, name = '', rest = ''] of lines) {
      const usage = (await loadCommand(name))?.usage ?? '';
      expect([line, flagsIn(rest).filter((flag) => !flagsIn(usage).includes(flag))]).toEqual([line, []]);
    }
  });

  it.skipIf(!SYSTEMD)('are right for systemd-analyze verify', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hushcal-units-'));
    try {
      // The program is not installed where this runs: another one stands in its place.
      for (const unit of UNITS) {
        writeFileSync(join(folder, unit), read(unit).replace('/usr/bin/hushcal', process.execPath));
      }
      const verify = (units: readonly string[]): string =>
        execFileSync('systemd-analyze', ['verify', '--man=no', ...units], { encoding: 'utf8', stdio: 'pipe' });
      verify(UNITS.map((unit) => join(folder, unit)));
      const [first = ''] = UNITS.filter((unit) => unit.endsWith('.service'));
      const wrong = join(folder, first);
      writeFileSync(wrong, read(first).replace(/^ExecStart=.*$/m, 'ExecStart=relative'));
      expect(() => verify([wrong])).toThrow();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
