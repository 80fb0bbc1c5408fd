import { HushError } from '../../../../shared/model/failure.ts';
import { LONGEST_RAW, type EventCard } from '../../../../shared/model/found/event-card.ts';
import { eventCard } from '../../icalendar/summary/event-card.ts';
import { runPaths } from '../../run/kept/folder.ts';
import { PackReader, readUndamaged } from '../../run/kept/pack.ts';
import type { StoredRun } from '../../run/kept/read-run.ts';
import { openRun } from './stored-run.ts';

/** What one row of a run is about, as the run keeps it: no backup and no server is asked. */
export interface RunText {
  /** Null where the text is no event. */
  readonly card: EventCard | null;
  readonly raw: string;
}

/**
 * What was sent, is in conflict or was rejected; of what was removed, what the run saved of it. Null where the run keeps no
 * text of the row. Throws HushError where there is no such row, and for a text that is damaged.
 */
export async function runText(runsDir: string, runId: string, row: number): Promise<RunText | null> {
  const run = await openRun(runsDir, runId);
  const step = run.steps[row];
  if (step === undefined) throw noRow(row);
  const sent = step.body;
  const slice = sent ?? run.journal.rows.get(row)?.original?.body ?? null;
  if (slice === null) return null;
  const pack = new PackReader(packOf(run, sent !== null));
  try {
    const text = (await readUndamaged(pack, slice))?.toString('utf8');
    if (text === undefined) throw damagedText();
    const raw = text.length > LONGEST_RAW ? `${text.slice(0, LONGEST_RAW)}\n…` : text;
    return { card: eventCard(text), raw };
  } finally {
    await pack.close();
  }
}

function packOf({ folder }: StoredRun, sent: boolean): string {
  const { bodies, originals } = runPaths(folder);
  return sent ? bodies : originals;
}

function noRow(row: number): HushError {
  return new HushError({ code: 'ROW_NOT_FOUND', message: `This run has no row ${row}.`, reaction: 'our-bug' });
}

function damagedText(): HushError {
  return new HushError({
    code: 'TEXT_DAMAGED',
    message: 'The text of this event in the folder of the run is damaged. The backup it came from has it.',
    reaction: 'fix-input',
  });
}
