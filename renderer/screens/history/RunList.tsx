import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useMemo, type JSX } from 'react';
import type { RunEntry } from '../../../shared/model/kept/report.ts';
import { Chip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { Note, Notice } from '../../components/Notice.tsx';
import { ServerName } from '../../components/server/ServerName.tsx';
import { Page } from '../../components/frame/Page.tsx';
import { useApp } from '../../stores/app.ts';
import { useFlow } from '../../stores/job/flow.ts';
import { useBatches } from '../../stores/batch/batches.ts';
import type { Purged as Deleted } from '../../../shared/model/kept/kept.ts';
import { matchesFilter, sortEntries, useHistoryFilter, type ListEntry } from '../../stores/history/history-list.ts';
import { useHistory } from '../../stores/history/history.ts';
import { nameOf } from '../../stores/names.ts';
import { usePurge } from '../../stores/history/purge.ts';
import { useServers } from '../../stores/servers.ts';
import { formatBytes, formatMoment, formatNumber, plural } from '../../words/format.ts';
import { STATUS_WORDS } from '../../words/outcomes.ts';
import { countAttention } from '../../../shared/model/outcome.ts';
import { actorName } from '../../../shared/text/display-names.ts';
import { doneHere, lookWords, notifiedWords } from '../../words/report.ts';
import { modeTitle } from '../../words/modes.ts';
import { RunActions } from '../report/ReportActions.tsx';
import { entryTitle } from '../../words/history.ts';
import { AuditButton } from './AuditDialog.tsx';
import { BatchListEntry } from './BatchListEntry.tsx';
import { DamagedEntry } from './DamagedEntry.tsx';
import { EntryNotes, EntrySize } from './EntryNotes.tsx';
import { HistoryTools } from './HistoryTools.tsx';
import { PurgeDialog } from './PurgeDialog.tsx';
import { classes } from '../../components/classes.ts';
import { isolate } from '../../../shared/words/isolate.ts';
import partsStyles from '../../components/parts.module.css';
import entryStyles from '../../components/entry.module.css';
import frame from '../../components/frame/frame.module.css';
import styles from './history.module.css';

export function RunList(): JSX.Element {
  const { runs, damaged, failure } = useHistory();
  const { list: batches, failure: batchFailure } = useBatches();
  const entries = useMemo(() => sortEntries(runs ?? [], batches ?? []), [runs, batches]);
  const filter = useHistoryFilter((state) => state.filter);
  const servers = useServers((state) => state.list);
  const shown = useMemo(() => {
    const shownAs = (host: string): string => nameOf(servers ?? [], host);
    return entries.filter((entry) => matchesFilter(entry, filter, entryTitle(entry), shownAs));
  }, [entries, filter, servers]);
  const purged = usePurge((state) => state.done);
  return (
    <div className={frame.screen}>
      <Page
        title="History"
        actions={<AuditButton />}
        sub={entries.length === 0 ? undefined : countWords(entries)}
        under={
          <p className={frame.lead}>
            Each run keeps its report, the text it wrote, and the earlier text. Undo and retry show a preview first.
          </p>
        }
      >
        {failure !== null && <Notice failure={failure} />}
        {batchFailure !== null && <Notice failure={batchFailure} />}
        {damaged.length > 0 && (
          <ul className={classes(styles.runList, partsStyles.card)} aria-label="Damaged runs">
            {damaged.map((run) => (
              <DamagedEntry key={run.runId} run={run} />
            ))}
          </ul>
        )}
        {runs !== null && entries.length === 0 && damaged.length === 0 && <Empty />}
        {entries.length > 0 && <HistoryTools entries={entries} shown={shown} />}
        {purged !== null && <Purged done={purged} />}
        {entries.length > 0 && shown.length === 0 && <p className="dim">No job matches. Change the filters.</p>}
        {shown.length > 0 && (
          <ul className={classes(styles.runList, partsStyles.card)} aria-label="Runs">
            {shown.map((entry) =>
              entry.kind === 'run' ? (
                <Entry key={entry.id} entry={entry} run={entry.run} />
              ) : (
                <BatchListEntry key={entry.id} entry={entry} batch={entry.batch} runs={entry.runs} />
              ),
            )}
          </ul>
        )}
        <PurgeDialog />
      </Page>
    </div>
  );
}

/** What became of a deletion; what stays is named. */
function Purged({ done }: { readonly done: Deleted }): JSX.Element {
  const { removed, freed, kept } = done;
  return (
    <Note tone={kept.length > 0 ? 'warn' : 'info'} role="status">
      <p>
        {plural(removed.length, 'job')} deleted, {formatBytes(freed)} free again.
      </p>
      {kept.map(({ id, message }) => (
        <p key={id}>Not deleted: {message}</p>
      ))}
    </Note>
  );
}

function countWords(entries: readonly ListEntry[]): string {
  const batches = entries.filter(({ kind }) => kind === 'batch').length;
  const runs = entries.length - batches;
  const parts = [
    runs > 0 ? plural(runs, 'run') : '',
    batches > 0 ? `${plural(batches, 'job')} over several calendars` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function Empty(): JSX.Element {
  const go = useApp((state) => state.go);
  return (
    <div className={partsStyles.card}>
      <EmptyState
        icon={<IconHistory size={34} stroke={1.5} aria-hidden />}
        title="No run yet"
        actions={
          <Button
            variant="filled"
            onClick={() => {
              go('restore');
            }}
          >
            Restore a calendar
          </Button>
        }
      >
        Restores and their reports appear here: what was written, who was notified, what needs attention. From here a
        run can be undone, resumed, or its failed events tried again.
      </EmptyState>
    </div>
  );
}

function Entry({ entry, run }: { readonly entry: ListEntry; readonly run: RunEntry }): JSX.Element {
  const open = useHistory((state) => state.open);
  const watch = useFlow((state) => state.watch);
  return (
    <li className={entryStyles.runEntry} data-testid="run-entry">
      <div>
        {run.running ? (
          <Chip tone="upd">Running</Chip>
        ) : (
          <Chip tone={STATUS_WORDS[run.status].tone}>{STATUS_WORDS[run.status].label}</Chip>
        )}
      </div>
      <div className={entryStyles.what}>
        <div className="row">
          <span className="strong ellipsis">{entryTitle(entry)}</span>
          <span className="dim small ellipsis">
            <ServerName host={run.server} /> as {actorName(run)}
          </span>
        </div>
        <div className="small dim ellipsis">
          {[formatMoment(run.startedAt, new Date()), run.sources.join(', ')].filter((part) => part !== '').join(' · ')}
        </div>
        <div className="row small">
          <Chip tone={run.notified > 0 ? 'warn' : 'hush'}>{notifiedWords(run.notified)}</Chip>
          <span className="dim ellipsis">
            you chose {modeTitle(run.asked)} · {doneHere(run.job, run.totals)}, {formatNumber(run.verified)} verified
            {countAttention(run) > 0 && `, ${lookWords(countAttention(run))}`}
          </span>
        </div>
        <EntryNotes entry={entry} />
      </div>
      <div className={entryStyles.buttons}>
        <EntrySize entry={entry} />
        <RunActions run={run} small />
        {run.running ? (
          <Button size="xs" onClick={() => void watch(run.runId, run)}>
            Watch
          </Button>
        ) : (
          <Button
            size="xs"
            aria-label={`Report of ${isolate(run.calendar)}, ${formatMoment(run.startedAt, new Date())}`}
            onClick={() => void open(run.runId)}
          >
            Report
          </Button>
        )}
      </div>
    </li>
  );
}
