import { ActionIcon } from '@mantine/core';
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import { JobNoteLine } from '../../components/note/JobNoteLine.tsx';
import { useBatches } from '../../stores/batch/batches.ts';
import { showBatch } from '../../stores/batch/navigation.ts';
import { sizeOf, type ListEntry } from '../../stores/history/history-list.ts';
import { useHistory } from '../../stores/history/history.ts';
import { usePurge } from '../../stores/history/purge.ts';
import { formatBytes, formatMoment } from '../../words/format.ts';
import { entryTitle, undoneWords } from '../../words/history.ts';
import parts from '../../components/parts.module.css';

/** What stands below every line of History: its undo, its ticket and its note. */
export function EntryNotes({ entry }: { readonly entry: ListEntry }): JSX.Element {
  const whole = entry.kind === 'run' ? entry.run : entry.batch;
  const words = undoneWords(entry, new Date());
  return (
    <>
      {words !== null && whole.undone !== undefined && (
        <div className="row small" data-testid="undone">
          <IconArrowBackUp size={14} aria-hidden />
          <span>{words}</span>
          <button
            type="button"
            className={parts.link}
            onClick={() => {
              if (whole.undone !== undefined) showRun(whole.undone.batch ?? whole.undone.runId);
            }}
          >
            Show the undo
          </button>
        </div>
      )}
      <JobNoteLine id={entry.id} of={whole} name={`job of ${formatMoment(entry.at, new Date())}`} />
    </>
  );
}

/** Opens the report of a run or of a batch. */
function showRun(id: string): void {
  const batch = useBatches.getState().list?.find(({ batchId }) => batchId === id);
  if (batch === undefined) void useHistory.getState().open(id);
  else void showBatch(batch, batch.running);
}

/** What a line takes on the disk, and the way to delete it. */
export function EntrySize({ entry }: { readonly entry: ListEntry }): JSX.Element {
  const ask = usePurge((state) => state.ask);
  const { running } = entry.kind === 'run' ? entry.run : entry.batch;
  const name = `${entryTitle(entry)}, ${formatMoment(entry.at, new Date())}`;
  return (
    <>
      <span className="dim small nowrap" title="Size on this computer">
        {formatBytes(sizeOf(entry))}
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="md"
        disabled={running}
        aria-label={`Delete ${name}`}
        title="Delete…"
        onClick={() => {
          ask([entry]);
        }}
      >
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </>
  );
}
