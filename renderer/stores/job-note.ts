import { create } from 'zustand';
import { typedNote, type JobNote } from '../../shared/model/kept/job-note.ts';
import type { JobKind } from '../../shared/model/job.ts';

/** What is typed into the two fields of a job that waits for consent. */
interface TypedNote {
  readonly ticket: string;
  readonly note: string;
}

const NOTHING: TypedNote = { ticket: '', note: '' };

interface JobNotesState {
  /** By job: a new plan of the same job finds them again, and no other job does. */
  readonly typed: ReadonlyMap<string, TypedNote>;
  readonly type: (job: string, part: Partial<TypedNote>) => void;
  readonly forget: (job: string) => void;
}

/** The name of a job that waits for consent. `origin`: the run or the batch that it takes up. */
export function jobKey(kind: JobKind, origin: string | null): string {
  return origin === null ? kind : `${kind} ${origin}`;
}

export const useJobNotes = create<JobNotesState>()((set, get) => ({
  typed: new Map(),
  type(job, part) {
    set({ typed: new Map(get().typed).set(job, { ...typedFor(job), ...part }) });
  },
  forget(job) {
    const typed = new Map(get().typed);
    typed.delete(job);
    set({ typed });
  },
}));

export function typedFor(job: string): TypedNote {
  return useJobNotes.getState().typed.get(job) ?? NOTHING;
}

/** What is sent with consent. */
export function noteFor(job: string): JobNote {
  const { ticket, note } = typedFor(job);
  return typedNote(ticket, note) ?? {};
}
