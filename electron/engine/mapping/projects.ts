import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HushError } from '../../../shared/model/failure.ts';
import { isUrl } from '../../../shared/model/batch/migrate.ts';
import {
  migrationProject,
  PROJECT_NAME_LENGTH,
  type MigrationProject,
  type ProjectContent,
  type ProjectEntry,
  type ProjectList,
} from '../../../shared/model/batch/project.ts';
import { replaceDurably, syncFolder } from '../../durably.ts';
import { parseKept } from '../run/kept/kept.ts';
import { sealed, sealOf } from '../run/kept/seal.ts';
import type { EnginePorts } from '../types.ts';

/** Migrations in the making under a name, each a file of its own: a damaged one costs the others nothing. */
export interface Projects {
  list(): Promise<ProjectList>;
  /** By id, or by name without regard to case. Throws HushError when there is none, or it cannot be believed. */
  find(name: string): Promise<MigrationProject>;
  /** A new one; durable when it resolves. Throws HushError for a name that is taken or empty. */
  create(name: string, content: ProjectContent): Promise<MigrationProject>;
  /** Puts other content into one; durable when it resolves. */
  save(id: string, content: ProjectContent): Promise<MigrationProject>;
  rename(id: string, name: string): Promise<MigrationProject>;
  /** The same once more, under another name and without the result. */
  duplicate(id: string): Promise<MigrationProject>;
  /** Remembers the migration that was begun with it last. */
  noteBatch(id: string, batchId: string): Promise<void>;
  /** One that is not there is no error; one that is damaged goes, too. */
  remove(id: string): Promise<void>;
}

type ProjectPorts = Pick<EnginePorts, 'now' | 'runsDir'>;

export function openProjects(ports: ProjectPorts): Projects {
  const { now } = ports;
  // Asked for each time: another folder of runs may be chosen, and one that is gone stops nothing else.
  const folder = (): string => join(ports.runsDir, 'projects');
  // Writes follow one another, so that none is made to what another one is just replacing.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
  const write = async (project: MigrationProject): Promise<MigrationProject> => {
    await mkdir(folder(), { recursive: true, mode: 0o700 });
    await replaceDurably(pathIn(folder(), project.id), `${sealed(JSON.stringify(project, null, 1), project.id)}\n`);
    return project;
  };
  const create = async (name: string, content: ProjectContent): Promise<MigrationProject> => {
    const { projects } = await readAll(folder());
    const id = `project-${randomBytes(6).toString('hex')}`;
    const head = { format: 1, id, name: freeName(name, projects, null), savedAt: now().toISOString() } as const;
    return write({ ...head, ...safe(content), lastBatch: null });
  };
  const change = (id: string, part: (before: MigrationProject) => Promise<Partial<MigrationProject>>) =>
    inTurn(async () => {
      const before = await readOne(pathIn(folder(), id));
      return write({ ...before, ...(await part(before)) });
    });
  return {
    async list() {
      const { projects, damaged } = await readAll(folder());
      return { projects: projects.map(entryOf), damaged };
    },
    async find(name) {
      if (isId(name)) return readOne(pathIn(folder(), name));
      const { projects } = await readAll(folder());
      const found = projects.find((one) => sameName(one.name, name));
      if (found === undefined) throw unknown(name, projects);
      return found;
    },
    create: (name, content) => inTurn(() => create(name, content)),
    save: (id, content) => change(id, () => Promise.resolve({ ...safe(content), savedAt: now().toISOString() })),
    rename: (id, name) => change(id, async () => ({ name: freeName(name, (await readAll(folder())).projects, id) })),
    duplicate: (id) =>
      inTurn(async () => {
        const { name, ...before } = await readOne(pathIn(folder(), id));
        const { projects } = await readAll(folder());
        return create(copyName(name, projects), contentOf(before));
      }),
    noteBatch: async (id, batchId) => {
      await change(id, () => Promise.resolve({ lastBatch: batchId }));
    },
    remove: (id) =>
      inTurn(async () => {
        await rm(pathIn(folder(), id), { force: true });
        await syncFolder(folder());
      }),
  };
}

function contentOf(project: Omit<MigrationProject, 'name'>): ProjectContent {
  const { target, source, setup, folder, rows, leftOut, unknownColumns } = project;
  return { target, source, setup, folder, rows, leftOut, unknownColumns };
}

/** Without what somebody may have put into an address: a name and a password before the host. */
function safe(content: ProjectContent): ProjectContent {
  const rows = content.rows.map(({ cells, path }) => ({ cells: { ...cells, source: bare(cells.source) }, path }));
  return { ...content, rows };
}

function bare(source: string): string {
  return isUrl(source) ? source.replace(/^(https?:\/\/)[^/?#]*@/i, '$1') : source;
}

function entryOf({ id, name, savedAt, rows, target, source, lastBatch }: MigrationProject): ProjectEntry {
  return {
    id,
    name,
    savedAt,
    rows: rows.length,
    target: target?.name ?? null,
    source: source?.name ?? null,
    lastBatch,
  };
}

const FILE = /^project-[0-9a-f]{12}\.json$/;

function isId(text: string): boolean {
  return FILE.test(`${text}.json`);
}

/** Throws HushError for an id that is none: it becomes the name of a file. */
function pathIn(folder: string, id: string): string {
  if (!isId(id)) throw unknown(id, []);
  return join(folder, `${id}.json`);
}

async function readAll(
  folder: string,
): Promise<{ readonly projects: readonly MigrationProject[]; readonly damaged: ProjectList['damaged'] }> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const projects: MigrationProject[] = [];
  const damaged: ProjectList['damaged'][number][] = [];
  for (const name of names.filter((one) => FILE.test(one))) {
    try {
      projects.push(await readOne(join(folder, name)));
    } catch (error) {
      damaged.push({ file: name, message: error instanceof Error ? error.message : String(error) });
    }
  }
  projects.sort((a, b) => b.savedAt.localeCompare(a.savedAt) || a.name.localeCompare(b.name));
  return { projects, damaged };
}

async function readOne(path: string): Promise<MigrationProject> {
  const id = basename(path, '.json');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) throw unknown(id, []);
  const value = tryJson(text);
  const { format = null } = (value ?? {}) as { readonly format?: unknown };
  if (format !== null && format !== 1) throw ofVersion(path, format);
  const { sum: _sum, ...plain } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const project = sealOf(text, id) === 'good' ? parseKept(migrationProject, plain) : null;
  if (project?.id !== id) throw damagedProject(path);
  return project;
}

function tryJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function freeName(typed: string, projects: readonly MigrationProject[], own: string | null): string {
  const name = typed.trim().slice(0, PROJECT_NAME_LENGTH);
  if (name !== '' && !projects.some((one) => one.id !== own && sameName(one.name, name))) return name;
  throw new HushError({
    code: 'PROJECT_NAME',
    message: name === '' ? 'Give the project a name.' : `There is a project called "${name}". Choose another name.`,
    reaction: 'fix-input',
  });
}

/** `Spring move (copy)`, `Spring move (copy 2)`. */
function copyName(name: string, projects: readonly MigrationProject[]): string {
  for (let n = 1; ; n += 1) {
    const end = n === 1 ? ' (copy)' : ` (copy ${n})`;
    const copy = `${name.slice(0, PROJECT_NAME_LENGTH - end.length)}${end}`;
    if (!projects.some((one) => sameName(one.name, copy))) return copy;
  }
}

function unknown(name: string, projects: readonly MigrationProject[]): HushError {
  const known = projects.map((one) => `"${one.name}"`).join(', ');
  return new HushError({
    code: 'PROJECT_NOT_FOUND',
    message: `There is no migration project "${name}".${known === '' ? '' : ` There are: ${known}.`}`,
    reaction: 'fix-input',
  });
}

function damagedProject(path: string): HushError {
  return new HushError({
    code: 'PROJECT_DAMAGED',
    message: `${path} is damaged, so this project cannot be opened. The others can.`,
    reaction: 'fix-input',
  });
}

function ofVersion(path: string, format: unknown): HushError {
  return new HushError({
    code: 'PROJECT_VERSION',
    message: `${path} was written by another version of Hushcal (format ${String(format)}). Open it with that version or a newer one.`,
    reaction: 'fix-input',
  });
}
