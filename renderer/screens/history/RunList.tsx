import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useMemo, type JSX } from 'react';
import type { BatchEntry } from '../../../shared/model/batch.ts';
import type { RunEntry } from '../../../shared/model/report.ts';
import { Chip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { JobNoteLine } from '../../components/JobNoteLine.tsx';
import { Notice } from '../../components/Notice.tsx';
import { ServerName } from '../../components/server/ServerName.tsx';
import { Page } from '../../components/frame/Page.tsx';
import { useApp } from '../../stores/app.ts';
import { useFlow } from '../../stores/job/flow.ts';
import { useBatches } from '../../stores/batch/batches.ts';
import { useHistory } from '../../stores/history.ts';
import { formatMoment, formatNumber, plural } from '../../words/format.ts';
import { STATUS_WORDS } from '../../words/outcomes.ts';
import { countAttention, countWritten } from '../../../shared/model/outcome.ts';
import { actorName } from '../../../shared/text/display-names.ts';
import { lookWords, notifiedWords } from '../../words/report.ts';
import { modeTitle } from '../../words/modes.ts';
import { RunActions } from '../report/ReportActions.tsx';
import { BatchListEntry } from './BatchListEntry.tsx';
import { DamagedEntry } from './DamagedEntry.tsx';

export function RunList(): JSX.Element {
  const { runs, damaged, failure } = useHistory();
  const { list: batches, failure: batchFailure } = useBatches();
  const entries = useMemo(() => sortEntries(runs ?? [], batches ?? []), [runs, batches]);
  return (
    <div className="screen">
      <Page
        title="History"
        sub={entries.length === 0 ? undefined : countWords(entries)}
        under={
          <p className="lead">
            Each run keeps its report, the text it wrote, and the earlier text. Undo and retry show a preview first.
          </p>
        }
      >
        {failure !== null && <Notice failure={failure} />}
        {batchFailure !== null && <Notice failure={batchFailure} />}
        {damaged.length > 0 && (
          <ul className="card run-list" aria-label="Damaged runs">
            {damaged.map((run) => (
              <DamagedEntry key={run.runId} run={run} />
            ))}
          </ul>
        )}
        {runs !== null && entries.length === 0 && damaged.length === 0 && <Empty />}
        {entries.length > 0 && (
          <ul className="card run-list" aria-label="Runs">
            {entries.map((entry) =>
              entry.kind === 'run' ? (
                <Entry key={entry.run.runId} run={entry.run} />
              ) : (
                <BatchListEntry key={entry.batch.batchId} batch={entry.batch} runs={entry.runs} />
              ),
            )}
          </ul>
        )}
      </Page>
    </div>
  );
}

type ListEntry =
  | { readonly kind: 'run'; readonly at: string; readonly run: RunEntry }
  | { readonly kind: 'batch'; readonly at: string; readonly batch: BatchEntry; readonly runs: readonly RunEntry[] };

/** Runs and batches together, newest first; the runs of a batch stand under it and not beside it. */
function sortEntries(runs: readonly RunEntry[], batches: readonly BatchEntry[]): readonly ListEntry[] {
  const known = new Set(batches.map(({ batchId }) => batchId));
  const alone = runs.filter((run) => run.batch === undefined || !known.has(run.batch));
  const entries: ListEntry[] = [
    ...alone.map((run) => ({ kind: 'run' as const, at: run.startedAt, run })),
    ...batches.map((batch) => ({
      kind: 'batch' as const,
      at: batch.startedAt,
      batch,
      runs: runs.filter((run) => run.batch === batch.batchId),
    })),
  ];
  return entries.sort((a, b) => b.at.localeCompare(a.at));
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
    <div className="card">
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

const JOB_WORDS = {
  restore: 'Restore into',
  undo: 'Undo in',
  retry: 'Retry in',
  migrate: 'Migration into',
  cleanup: 'Clean-up of',
  announce: 'Announcement of',
} as const;

function Entry({ run }: { readonly run: RunEntry }): JSX.Element {
  const open = useHistory((state) => state.open);
  const watch = useFlow((state) => state.watch);
  return (
    <li className="run-entry" data-testid="run-entry">
      <div>
        {run.running ? (
          <Chip tone="upd">Running</Chip>
        ) : (
          <Chip tone={STATUS_WORDS[run.status].tone}>{STATUS_WORDS[run.status].label}</Chip>
        )}
      </div>
      <div className="what">
        <div className="row">
          <span className="strong ellipsis">
            {JOB_WORDS[run.job]} {run.calendar}
          </span>
          <span className="dim small ellipsis">
            <ServerName host={run.server} /> as {actorName(run)}
          </span>
        </div>
        <div className="small dim ellipsis">
          {formatMoment(run.startedAt, new Date())} · {run.sources.join(', ')}
        </div>
        <div className="row small">
          <Chip tone={run.notified > 0 ? 'warn' : 'hush'}>{notifiedWords(run.notified)}</Chip>
          <span className="dim ellipsis">
            you chose {modeTitle(run.asked)} · {formatNumber(countWritten(run.totals))} written,{' '}
            {formatNumber(run.verified)} verified
            {countAttention(run) > 0 && `, ${lookWords(countAttention(run))}`}
          </span>
        </div>
        <JobNoteLine id={run.runId} of={run} name={`run of ${formatMoment(run.startedAt, new Date())}`} />
      </div>
      <div className="buttons">
        <RunActions run={run} small />
        {run.running ? (
          <Button size="xs" onClick={() => void watch(run.runId, run)}>
            Watch
          </Button>
        ) : (
          <Button
            size="xs"
            aria-label={`Report of ${run.calendar}, ${formatMoment(run.startedAt, new Date())}`}
            onClick={() => void open(run.runId)}
          >
            Report
          </Button>
        )}
      </div>
    </li>
  );
}
