import { describe, expect, it } from 'vitest';
import { NO_CELLS } from '../../../shared/model/batch/migrate.ts';
import type { MigrationProject } from '../../../shared/model/batch/project.ts';
import type { ServerInfo } from '../../../shared/model/server.ts';
import { addPaths, emptyBook, pathOf } from './book.ts';
import { bookOf, contentOf } from './project.ts';

const server = (id: string, user = 'admin'): ServerInfo => ({
  id,
  name: `Server ${id}`,
  url: `https://${id}.example.org/`,
  user,
  practice: false,
  password: 'session',
  assumeNoMailHook: false,
});
const knows = (...servers: readonly ServerInfo[]) => ({ list: () => [...servers] });

const BOOK = addPaths({ ...emptyBook({ serverId: 'new', way: 'direct', template: '' }), folder: '/backups' }, [
  '/backups/anna.ics',
  '/backups/ben.ics',
]);

function kept(part: Partial<MigrationProject> = {}): MigrationProject {
  const content = contentOf(BOOK, knows(server('new')));
  return { format: 1, id: 'project-1', name: 'Spring', savedAt: '', lastBatch: null, ...content, ...part };
}

describe('a project on screen', () => {
  it('is the mapping that was saved', () => {
    const book = bookOf(kept(), knows(server('new')));
    expect(book).toMatchObject({ rows: BOOK.rows, setup: BOOK.setup, folder: '/backups', next: 2 });
    expect(book.project).toEqual({ id: 'project-1', name: 'Spring', lastBatch: null, lost: [] });
  });

  it('finds its server under another id by address and user', () => {
    const again = { ...server('new'), id: 'added-again' };
    expect(bookOf(kept(), knows(again)).setup.target).toMatchObject({ serverId: 'added-again', way: 'direct' });
  });

  it('names a server that is gone, and takes no other one in its place', () => {
    const { setup, project } = bookOf(kept(), knows(server('other'), server('new2')));
    expect(setup.target).toBeNull();
    expect(project?.lost).toEqual([expect.stringContaining('Server new (https://new.example.org/, user admin)')]);
  });

  it('reads no file that is not named as a whole', () => {
    const rows = [{ cells: { ...NO_CELLS, line: 0, source: 'x', user: 'x' }, path: '../../etc/passwd' }];
    const [row] = bookOf(kept({ rows, folder: 'backups' }), knows(server('new'))).rows;
    expect(row === undefined ? null : pathOf(row, null)).toBeNull();
  });
});
