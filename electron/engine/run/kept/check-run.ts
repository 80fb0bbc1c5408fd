import { damageNotes } from './damage-notes.ts';
import { runPaths } from './folder.ts';
import { isNoteDamaged } from './job-note.ts';
import { PackReader, readUndamaged } from './pack.ts';
import { readRun } from './read-run.ts';
import type { Slice } from '../types.ts';

/** What is wrong with a run folder, a sentence each; and how many texts and lines were looked at. */
interface CheckedRun {
  readonly looked: number;
  readonly problems: readonly string[];
  /** It was written by a version that made no checksums: only its shape could be checked. */
  readonly unchecked: boolean;
}

/** Reads all that a run has kept. Throws HushError when the folder as a whole cannot be believed. */
export async function checkRun(folder: string): Promise<CheckedRun> {
  const run = await readRun(folder);
  const { bodies, originals } = runPaths(folder);
  const problems = [...damageNotes(run), ...((await isNoteDamaged(folder)) ? [NOTE_DAMAGED] : [])];
  const sent = run.steps.flatMap(({ row, body }) =>
    body === null ? [] : [{ row: row.id, title: row.title, slice: body }],
  );
  const saved = [...run.journal.rows].flatMap(([row, { original }]) =>
    original === null ? [] : [{ row, title: run.steps[row]?.row.title ?? '', slice: original.body }],
  );
  problems.push(...(await damagedIn(bodies, sent, 'text that was to be sent')));
  problems.push(...(await damagedIn(originals, saved, 'saved original')));
  const { checked, last } = run.journal.end;
  return { looked: run.steps.length + last + sent.length + saved.length, problems, unchecked: !checked };
}

const NOTE_DAMAGED = 'Its ticket number and note are damaged. Write them anew; nothing else needs them.';

interface Kept {
  readonly row: number;
  readonly title: string;
  readonly slice: Slice;
}

async function damagedIn(path: string, kept: readonly Kept[], what: string): Promise<readonly string[]> {
  const pack = new PackReader(path);
  const problems: string[] = [];
  try {
    for (const { row, title, slice } of kept) {
      if ((await readUndamaged(pack, slice)) !== null) continue;
      problems.push(`Row ${row}${title === '' ? '' : ` ("${title}")`}: its ${what} is damaged.`);
    }
    return problems;
  } finally {
    await pack.close();
  }
}
