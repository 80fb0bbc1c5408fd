import { Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { BatchEntry } from '../../../shared/model/batch/batch.ts';
import type { RunEntry } from '../../../shared/model/kept/report.ts';
import { Chip } from '../../components/Chip.tsx';
import type { ListEntry } from '../../stores/history/history-list.ts';
import { useHistory } from '../../stores/history/history.ts';
import { showBatch } from '../../stores/batch/navigation.ts';
import { needWords } from '../../words/report.ts';
import { formatMoment, formatNumber, plural } from '../../words/format.ts';
import { modeTitle } from '../../words/modes.ts';
import { STATUS_WORDS } from '../../words/outcomes.ts';
import { doneHere, notifiedWords } from '../../words/report.ts';
import { entryTitle } from '../../words/history.ts';
import { EntryNotes, EntrySize } from './EntryNotes.tsx';
import { BatchActions } from '../batch/BatchRun.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import entryStyles from '../../components/entry.module.css';
import styles from './history.module.css';

interface BatchListEntryProps {
  readonly entry: ListEntry;
  readonly batch: BatchEntry;
  /** The runs of its calendars. */
  readonly runs: readonly RunEntry[];
}

/** A batch in History: one entry, its calendars folded away beneath it. */
export function BatchListEntry({ entry, batch, runs }: BatchListEntryProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const when = formatMoment(batch.startedAt, new Date());
  const name = entryTitle(entry);
  return (
    <li className={entryStyles.batchEntry} data-testid="batch-entry">
      <div className={entryStyles.runEntry}>
        <div>
          {batch.running ? (
            <Chip tone="upd">Running</Chip>
          ) : (
            <Chip tone={STATUS_WORDS[batch.status].tone}>{STATUS_WORDS[batch.status].label}</Chip>
          )}
        </div>
        <div className={entryStyles.what}>
          <span className="strong ellipsis">{name}</span>
          <div className="row small dim">
            <span className="ellipsis">
              {when} · {formatNumber(batch.done)} of {plural(batch.members, 'calendar')} done
              {batch.needsAttention > 0 && `, ${needWords(batch.needsAttention)}`}
            </span>
          </div>
          <div className="row small">
            <Chip tone={batch.notified > 0 ? 'warn' : 'hush'}>{notifiedWords(batch.notified)}</Chip>
            <span className="dim ellipsis">
              you chose {modeTitle(batch.asked)} · {doneHere(batch.kind, batch.totals)}, {formatNumber(batch.verified)}{' '}
              verified
            </span>
          </div>
          <EntryNotes entry={entry} />
          {runs.length > 0 && (
            <button
              type="button"
              className={classes(styles.foldButton, parts.link, 'row')}
              aria-expanded={open}
              onClick={() => {
                setOpen(!open);
              }}
            >
              <IconChevronRight size={14} className={open ? styles.turned : ''} aria-hidden />
              {open ? 'Hide its calendars' : `Its ${plural(runs.length, 'calendar')}`}
            </button>
          )}
        </div>
        <div className={entryStyles.buttons}>
          <EntrySize entry={entry} />
          <BatchActions batch={batch} small />
          <Button
            size="xs"
            aria-label={batch.running ? `Watch the ${name}` : `Report of the ${name}, ${when}`}
            onClick={() => void showBatch(batch, batch.running)}
          >
            {batch.running ? 'Watch' : 'Report'}
          </Button>
        </div>
      </div>
      {open && <Children runs={runs} />}
    </li>
  );
}

function Children({ runs }: { readonly runs: readonly RunEntry[] }): JSX.Element {
  const openReport = useHistory((state) => state.open);
  return (
    <ul className={styles.batchChildren} aria-label="Its calendars">
      {runs.map((run) => (
        <li key={run.runId} className={styles.batchChild}>
          <Chip tone={STATUS_WORDS[run.status].tone}>{STATUS_WORDS[run.status].label}</Chip>
          <span className="ellipsis">
            {run.user}, {run.calendar}
          </span>
          <span className="dim small nowrap">
            {doneHere(run.job, run.totals)}, {formatNumber(run.verified)} verified
          </span>
          <button type="button" className={parts.link} onClick={() => void openReport(run.runId)}>
            Report<span className="visually-hidden"> of {run.calendar}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
