import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import { noteIn, type JobNote } from '../../../shared/model/kept/job-note.ts';
import type { ReportHead } from '../../../shared/model/kept/report.ts';
import { useBatches } from '../batch/batches.ts';
import { BATCH_STORES } from '../batch/batch.ts';
import { useHistory } from './history.ts';
import { useRun } from '../job/run.ts';

/** Whose note is changed in a dialog: a run or a batch, with what it has. */
interface Editing {
  readonly id: string;
  readonly before: JobNote;
}

interface NoteDialogState {
  readonly editing: Editing | null;
  readonly saving: boolean;
  readonly failure: Failure | null;
  readonly edit: (id: string, before: JobNote) => void;
  readonly close: () => void;
  readonly save: (note: JobNote) => Promise<void>;
}

export const useNoteDialog = create<NoteDialogState>()((set, get) => ({
  editing: null,
  saving: false,
  failure: null,
  edit(id, before) {
    set({ editing: { id, before: noteIn(before) }, failure: null });
  },
  close() {
    set({ editing: null, failure: null });
  },
  async save(note) {
    const { editing } = get();
    if (editing === null) return;
    set({ saving: true, failure: null });
    try {
      await call('history.note', { id: editing.id, note });
      showEverywhere(editing.id, note);
      await Promise.all([useHistory.getState().load(), useBatches.getState().load()]);
      set({ editing: null });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    } finally {
      set({ saving: false });
    }
  },
}));

/** Reports that are open show it, too. */
function showEverywhere(id: string, note: JobNote): void {
  const noted = (report: ReportHead | null): { report: ReportHead } | null =>
    report === null || (report.run.batch ?? report.run.runId) !== id
      ? null
      : { report: { ...report, run: { ...withoutNote(report.run), ...note } } };
  useHistory.setState(noted(useHistory.getState().report) ?? {});
  useRun.setState(noted(useRun.getState().report) ?? {});
  for (const store of BATCH_STORES) {
    const { report } = store.getState();
    if (report?.batch.batchId !== id) continue;
    store.setState({ report: { ...report, batch: { ...withoutNote(report.batch), ...note } } });
  }
}

function withoutNote<Entry extends JobNote>(entry: Entry): Entry {
  return { ...entry, ticket: undefined, note: undefined };
}
