import { mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDisk } from './disk.ts';
import { Places } from './places.ts';

let dir: string;
const object = (name: string, text: string) => ({ name, text, created: 1, modified: 1, scheduleTag: null });

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'practice-places-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

test('removing holds up nobody, and is done when settled says so', async () => {
  const places = new Places();
  const usual = join(dir, 'one');
  for (const ending of ['object', 'meta']) writeFileSync(`${usual}.${ending}`, '');
  places.remove(usual);
  expect(existsSync(`${usual}.meta`)).toBe(true);
  await places.settled();
  for (const ending of ['object', 'meta']) expect(existsSync(`${usual}.${ending}`)).toBe(false);
});

test('an object that comes back under its name while it is being removed is kept', async () => {
  const disk = openDisk(dir);
  disk.saveCollection('alice', 'home', { kind: 'calendar', components: [], properties: [], created: 1 });
  for (let time = 0; time < 3; time += 1) {
    disk.saveObject('alice', 'home', object('a.ics', `text ${String(time)}`));
    disk.removeObject('alice', 'home', 'a.ics');
  }
  disk.saveObject('alice', 'home', object('a.ics', 'last'));
  await disk.settled();
  const again = openDisk(dir);
  expect(again.objects('alice', 'home')).toEqual([object('a.ics', 'last')]);
  again.saveObject('alice', 'home', object('a.ics', 'later'));
  expect(openDisk(dir).objects('alice', 'home')).toEqual([object('a.ics', 'later')]);
  again.removeObject('alice', 'home', 'a.ics');
  await again.settled();
  expect(openDisk(dir).objects('alice', 'home')).toEqual([]);
});
