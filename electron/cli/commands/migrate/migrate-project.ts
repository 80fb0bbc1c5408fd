import { isAbsolute, join } from 'node:path';
import type { Engine } from '../../../engine/engine.ts';
import { isUrl, type Mapping } from '../../../../shared/model/batch/migrate.ts';
import type { MigrationProject } from '../../../../shared/model/batch/project.ts';
import type { ParsedArgs } from '../../options/args.ts';

/** The project of the window that `--project` names. Throws HushError when there is none. */
export function projectOf(engine: Pick<Engine, 'projects'>, args: ParsedArgs): Promise<MigrationProject> {
  return engine.projects.find(args.required('project'));
}

/** The rows of a project as a CSV would give them: numbered, each with the file that was chosen for it. */
export function mappingOf({ rows, folder, leftOut, unknownColumns }: MigrationProject): Mapping {
  return {
    rows: rows.map(({ cells, path }, at) => ({ ...cells, line: at + 1, source: sourceOf(cells.source, path, folder) })),
    problems: leftOut,
    unknownColumns,
  };
}

function sourceOf(typed: string, path: string | null, folder: string | null): string {
  if (path !== null) return path;
  return folder === null || typed === '' || isUrl(typed) || isAbsolute(typed) ? typed : join(folder, typed);
}
