import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startPractice } from '../../electron/practice/index.ts';
import { blockAfter } from './manual.ts';
import { countOf, putBoth, writeHushcal, writePeople } from './people.ts';
import { runShell } from './shell.ts';

const USERS = ['anna', 'ben', 'cleo', 'dan', 'eva', 'fritz'];

test('the example of GNU parallel moves every mailbox, in parts, and makes one report', async () => {
  const old = await startPractice({ samples: false, users: USERS });
  const fresh = await startPractice({ samples: false, users: USERS });
  const dir = await mkdtemp(path.join(tmpdir(), 'hushcal-parts-'));
  try {
    for (const user of USERS) await putBoth(old, user);
    await writeHushcal(dir);
    await writePeople(dir, old, USERS);
    const script = (await blockAfter('docs/migrate.md', 'Beyond one machine', 'for pass'))
      .replaceAll('http://127.0.0.1:8009', fresh.info.base_url)
      .replaceAll('http://127.0.0.1:8008', old.info.base_url);
    expect(script).toContain('--shard {}/4');
    const env = { HUSHCAL_OLD: old.info.admin.password, HUSHCAL_NEW: fresh.info.admin.password };
    const { code, stderr } = await runShell(script, dir, env);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('cannot')]);
    const whole = await readFile(path.join(dir, 'whole.html'), 'utf8');
    expect(whole).toContain('12 events on the source = 12 on the target.');
    for (const user of USERS) expect([user, await countOf(fresh, user)]).toEqual([user, 2]);
    expect(fresh.messages()).toEqual([]);
  } finally {
    await Promise.all([old.close(), fresh.close()]);
    await rm(dir, { recursive: true, force: true });
  }
});
