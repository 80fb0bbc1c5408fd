import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { jobNote, noteIn, type JobNote } from '../../../../shared/model/kept/job-note.ts';
import { replaceDurably } from '../../../durably.ts';
import { parseKept } from './kept.ts';
import { sealed, sealOf } from './seal.ts';
import { tryJson } from './sealed-lines.ts';

/*
 * The ticket and the note of a run or a batch lie in a file of their own: no checksum of the plan, the journal or the head
 * has them in it, so that a change of them changes nothing that was consented to or proved.
 */

const kept = z.object({ v: z.literal(1), ...jobNote.shape });

function pathIn(folder: string): string {
  return join(folder, 'note.json');
}

/**
 * Writes the note of a run or a batch, durably; an empty one takes the file away.
 *
 * @param owner name of the folder, where it is still being made under another
 */
export async function writeNote(folder: string, note: JobNote, owner = basename(folder)): Promise<void> {
  const { ticket, note: text } = note;
  if (ticket === undefined && text === undefined) await rm(pathIn(folder), { force: true });
  else await replaceDurably(pathIn(folder), `${sealed(JSON.stringify({ v: 1, ...noteIn(note) }), owner)}\n`);
}

/** Empty where there is none, and where it cannot be believed: a run is no less sound for it. */
export async function readNote(folder: string): Promise<JobNote> {
  return (await keptIn(folder)) ?? {};
}

/** There is a note, and it is not as it was written. */
export async function isNoteDamaged(folder: string): Promise<boolean> {
  return (await keptIn(folder)) === null;
}

async function keptIn(folder: string): Promise<JobNote | null> {
  const text = await readFile(pathIn(folder), 'utf8').catch(() => null);
  if (text === null) return {};
  const note = sealOf(text, basename(folder)) === 'good' ? parseKept(kept, tryJson(text)) : null;
  return note === null ? null : noteIn(note);
}
