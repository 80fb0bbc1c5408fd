import { isAbsolute } from 'node:path';
import type { MappingSetup, ServerLogin } from '../../../shared/model/batch/mapping-view.ts';
import type { MigrationProject, ProjectContent, ProjectServer } from '../../../shared/model/batch/project.ts';
import type { ServerInfo } from '../../../shared/model/server.ts';
import { PRACTICE_ID, type Servers } from '../servers/servers.ts';
import { emptyBook, type MappingBook } from './book.ts';

type KnownServers = Pick<Servers, 'list'>;

/** What a project keeps of a mapping: neither a password nor what the last check found. */
export function contentOf(
  { setup, folder, rows, leftOut, unknownColumns }: MappingBook,
  servers: KnownServers,
): ProjectContent {
  return {
    target: rememberedServer(setup.target, servers),
    source: rememberedServer(setup.source, servers),
    setup,
    folder,
    rows: rows.map(({ cells, path }) => ({ cells, path })),
    leftOut,
    unknownColumns,
  };
}

function rememberedServer(way: ServerLogin | null, servers: KnownServers): ProjectServer | null {
  const server = servers.list().find(({ id }) => id === way?.serverId);
  if (server === undefined) return null;
  const { id, name, url, user, credential } = server;
  const kind = credential === undefined ? {} : { credential };
  return { id, name, url: id === PRACTICE_ID ? '' : url, user, ...kind };
}

/** The mapping of a project as it goes on; a server that is not in the list any more is to be chosen again. */
export function bookOf(project: MigrationProject, servers: KnownServers): MappingBook {
  const lost: string[] = [];
  const setup: MappingSetup = {
    ...project.setup,
    target: foundServer(project.setup.target, project.target, servers, lost),
    source: foundServer(project.setup.source, project.source, servers, lost),
  };
  const { id, name, folder, leftOut, unknownColumns, lastBatch } = project;
  // Only what a person chose may be read: a path is whole, or it is none.
  const rows = project.rows.map(({ cells, path }, row) => ({
    row,
    cells,
    path: path !== null && isAbsolute(path) ? path : null,
  }));
  return {
    ...emptyBook(null),
    name,
    folder: folder !== null && isAbsolute(folder) ? folder : null,
    rows,
    leftOut,
    unknownColumns,
    next: rows.length,
    setup,
    project: { id, name, lastBatch, lost },
  };
}

/** The server of the same entry of the list, else one of the same address and user, else none. */
function foundServer(
  way: ServerLogin | null,
  known: ProjectServer | null,
  servers: KnownServers,
  lost: string[],
): ServerLogin | null {
  if (way === null) return null;
  const list = servers.list();
  const same = list.find(({ id }) => id === way.serverId) ?? list.find((server) => isSame(server, known));
  if (same !== undefined) return { ...way, serverId: same.id };
  lost.push(
    known === null
      ? 'A server of this project is not in the list any more: choose it again.'
      : `The server ${known.name} (${known.url}, user ${known.user}) is not in the list any more: add it under Servers, or choose another one.`,
  );
  return null;
}

function isSame({ url, user }: ServerInfo, known: ProjectServer | null): boolean {
  return known !== null && known.url === url && known.user === user;
}
