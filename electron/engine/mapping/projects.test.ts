import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BATCH_LIMITS } from '../../../shared/model/defaults.ts';
import { NO_CELLS } from '../../../shared/model/batch/migrate.ts';
import type { ProjectContent } from '../../../shared/model/batch/project.ts';
import { openProjects, type Projects } from './projects.ts';

const SETUP: ProjectContent['setup'] = {
  target: { serverId: 'new', way: 'direct', template: '' },
  source: null,
  mode: 'auto',
  onConflict: 'newer',
  insideDomains: ['example.org'],
  domains: [],
  rewrites: ['emailAlarms'],
  limits: BATCH_LIMITS,
};
const row = (user: string, source = `${user}.ics`): ProjectContent['rows'][number] => ({
  cells: { ...NO_CELLS, line: 0, source, user },
  path: source.includes('://') ? null : `/backups/${source}`,
});
const CONTENT: ProjectContent = {
  target: { id: 'new', name: 'Cyrus', url: 'https://new.example.org/', user: 'admin' },
  source: null,
  setup: SETUP,
  folder: null,
  rows: [row('anna'), row('ben')],
  leftOut: [],
  unknownColumns: [],
};

let runsDir = '';
let projects: Projects;
/** A second passes with each question. */
let clock = 0;

beforeEach(async () => {
  runsDir = await mkdtemp(join(tmpdir(), 'hushcal-projects-'));
  clock = Date.UTC(2026, 10, 29);
  projects = reopened();
});
afterEach(() => rm(runsDir, { recursive: true, force: true }));

function reopened(): Projects {
  const now = (): Date => {
    clock += 1000;
    return new Date(clock);
  };
  return openProjects({ runsDir, now });
}

const folder = (): string => join(runsDir, 'projects');
const names = async (): Promise<readonly string[]> => (await projects.list()).projects.map(({ name }) => name);

describe('a migration in the making', () => {
  it('is opened after a restart as it was, by id and by name', async () => {
    const { id } = await projects.create(' Spring move ', CONTENT);
    await projects.noteBatch(id, '20261129T004258339-431e3209');
    projects = reopened();
    expect(await projects.find('spring MOVE')).toMatchObject({ ...CONTENT, id, name: 'Spring move' });
    expect(await projects.list()).toMatchObject({
      projects: [{ id, rows: 2, target: 'Cyrus', source: null, lastBatch: '20261129T004258339-431e3209' }],
      damaged: [],
    });
  });

  it('has each change, in the order in which they came', async () => {
    const { id } = await projects.create('one', CONTENT);
    await Promise.all(
      [1, 2, 3].map((count) => projects.save(id, { ...CONTENT, rows: CONTENT.rows.slice(0, 3 - count) })),
    );
    expect((await reopened().find(id)).rows).toEqual([]);
    expect(await readdir(folder()), 'nothing half written stays').toEqual([`${id}.json`]);
  });

  it('has a name of its own', async () => {
    const { id } = await projects.create('one', CONTENT);
    await expect(projects.create('ONE ', CONTENT)).rejects.toMatchObject({ failure: { code: 'PROJECT_NAME' } });
    await expect(projects.create('  ', CONTENT)).rejects.toMatchObject({ failure: { code: 'PROJECT_NAME' } });
    const [first, second] = [await projects.duplicate(id), await projects.duplicate(id)];
    expect([first.name, second.name]).toEqual(['one (copy)', 'one (copy 2)']);
    expect(first).toMatchObject({ rows: CONTENT.rows, lastBatch: null });
    await expect(projects.rename(first.id, 'one')).rejects.toMatchObject({ failure: { code: 'PROJECT_NAME' } });
    expect((await projects.rename(first.id, 'One (Copy)')).name, 'its own name in other letters').toBe('One (Copy)');
    await projects.remove(second.id);
    expect(await names()).toEqual(['One (Copy)', 'one']);
    await expect(projects.find('two')).rejects.toThrow(/There are: "One \(Copy\)", "one"/);
  });

  it('holds no password that stands in an address', async () => {
    const { id } = await projects.create('one', {
      ...CONTENT,
      rows: [row('anna', 'https://anna:s3cret@old.example/anna/')],
    });
    const text = await readFile(join(folder(), `${id}.json`), 'utf8');
    expect(text).not.toContain('s3cret');
    expect((await projects.find(id)).rows[0]?.cells.source).toBe('https://old.example/anna/');
  });

  it.each([
    ['torn', (text: string) => text.slice(0, text.length / 2), 'PROJECT_DAMAGED'],
    ['with one octet changed', (text: string) => text.replace('anna', 'Anna'), 'PROJECT_DAMAGED'],
    ['empty', () => '', 'PROJECT_DAMAGED'],
    ['that is no project', () => '[]', 'PROJECT_DAMAGED'],
    ['of a newer version', (text: string) => text.replace('"format": 1', '"format": 2'), 'PROJECT_VERSION'],
  ] as const)('a file %s is named, and the rest goes on', async (_what, spoil, code) => {
    const { id } = await projects.create('one', CONTENT);
    await projects.create('two', CONTENT);
    const path = join(folder(), `${id}.json`);
    await writeFile(path, spoil(await readFile(path, 'utf8')));
    const { projects: good, damaged } = await projects.list();
    expect(good.map(({ name }) => name)).toEqual(['two']);
    expect(damaged).toEqual([{ file: `${id}.json`, message: expect.stringContaining(path) as string }]);
    await expect(projects.find(id)).rejects.toMatchObject({ failure: { code } });
    await expect(projects.save(id, CONTENT), 'nothing is written over it').rejects.toMatchObject({ failure: { code } });
  });

  it('is no file outside of its folder', async () => {
    for (const id of ['../rules', '/etc/passwd', 'project-000000000000/../../x'])
      await expect(projects.save(id, CONTENT)).rejects.toMatchObject({ failure: { code: 'PROJECT_NOT_FOUND' } });
  });
});
