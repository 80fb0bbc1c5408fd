import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { BATCH_LIMITS } from '../../../../shared/model/defaults.ts';
import { NO_CELLS } from '../../../../shared/model/batch/migrate.ts';
import { openProjects } from '../../../engine/mapping/projects.ts';
import { openCrowd, events, runWhole } from '../../../engine/batch/testing/crowd.ts';
import { startPractice } from '../../../practice/server.ts';
import { sayIn } from '../../testing/said.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** The new server of the project, and what `migrate` says with these arguments. */
async function begin() {
  const old = await openCrowd({ anna: events('anna', 3) });
  open.push(() => old.close());
  await runWhole(await old.plan(await old.spec()));
  const fresh = await startPractice({ samples: false, users: ['anna'] });
  open.push(() => fresh.close());
  const dir = await mkdtemp(join(tmpdir(), 'hushcal-project-'));
  open.push(() => rm(dir, { recursive: true, force: true }));
  const runsDir = join(dir, 'runs');
  const side = (id: string, url: string) => ({ id, name: id, url, user: 'anna' });
  await openProjects({ runsDir, now: () => new Date() }).create('Spring move', {
    target: side('new', fresh.info.base_url),
    source: side('old', old.server.info.base_url),
    setup: {
      target: { serverId: 'new', way: 'own', template: '' },
      source: { serverId: 'old', way: 'own', template: '' },
      mode: 'none',
      onConflict: 'newer',
      insideDomains: [],
      domains: [],
      rewrites: [],
      limits: BATCH_LIMITS,
    },
    folder: null,
    rows: [
      {
        cells: {
          ...NO_CELLS,
          line: 0,
          source: old.url('anna'),
          user: 'anna',
          secret: 'HUSHCAL_NEW',
          sourceSecret: 'HUSHCAL_OLD',
        },
        path: null,
      },
    ],
    leftOut: [],
    unknownColumns: [],
  });
  const env = { HUSHCAL_OLD: old.server.info.admin.password, HUSHCAL_NEW: fresh.info.admin.password };
  return (...argv: string[]) => sayIn({ server: fresh, dir }, ['migrate', ...argv, '--runs', runsDir], { env });
}

it('migrate takes rows, servers and rules of a project of the window', async () => {
  const migrate = await begin();
  const said = await migrate('--project', 'spring move', '--yes');
  expect(said.out).toContain('3 created');
  expect(said.code).toBe(0);
  expect((await migrate('--project', 'Spring move', '--dry-run')).code, 'it is there already').toBe(0);
});

it('a project that is not there is named, and what goes not together', async () => {
  const migrate = await begin();
  const wrong = await migrate('--project', 'Autumn', '--yes');
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('There are: "Spring move"');
  const both = await migrate('people.csv', '--project', 'Spring move', '--yes');
  expect(both.code).toBe(2);
  expect(both.err).toContain('not both');
});
