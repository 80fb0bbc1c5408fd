import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { PlanSummary } from '../../../shared/model/plan.ts';
import type { ReportHead } from '../../../shared/model/kept/report.ts';
import { REWRITE_OFFERS } from '../../../shared/model/rewrites.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { JobNotice } from '../../components/server/JobNotice.tsx';
import { canSettle, useAttention } from '../../stores/job/attention.ts';
import { usePlan } from '../../stores/job/plan.ts';
import { useRun } from '../../stores/job/run.ts';
import { consentWords, countWrites, whyNot } from '../../words/consent.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { ConsentDialog, needsDialog } from '../job/review/ConsentDialog.tsx';
import { SettleAll } from '../job/review/Settle.tsx';
import partsStyles from '../../components/parts.module.css';
import styles from './report.module.css';

/** What became of the rows that need attention, and the one button that tries them again. */
export function RetryBar({ report }: { readonly report: ReportHead }): JSX.Element | null {
  const { run, retriable } = report;
  const { planId, planning, failure, item, prepare, mend, retry } = useAttention();
  const plan = usePlan((state) => state.plan);
  const starting = useRun((state) => state.starting);
  const [asking, setAsking] = useState(false);
  const { failed, unknown, cancelled, conflict, altered } = run.totals;
  const again = failed + unknown + cancelled;
  if (!canSettle(run) || again + conflict + altered + retriable === 0) return null;
  const summary = planId !== null && plan?.planId === planId ? plan.summary : null;
  const writes = summary === null ? again : countWrites(summary);
  const reason = summary === null ? null : whyNot(summary);
  const nothing = writes === 0 && (summary !== null || again + retriable === 0);
  const ask = async (): Promise<void> => {
    const looksOnly = summary === null && again === 0;
    if ((await prepare(run)) && !looksOnly) setAsking(true);
  };
  return (
    <div className={styles.retryBar} role="group" aria-label="Settle and retry">
      <span className="small dim grow" role="status">
        {summary === null ? startWords(again, conflict + altered, retriable) : planWords(summary)}
      </span>
      {summary !== null && <SettleAll />}
      {summary?.wants?.brokenLines !== undefined && (
        <button type="button" className={partsStyles.link} disabled={planning} onClick={() => void mend(run)}>
          {MEND} ({formatNumber(summary.wants.brokenLines)})
        </button>
      )}
      {!nothing && (
        <Button
          size="xs"
          variant="filled"
          data-testid="retry-here"
          loading={planning || starting}
          title={writes === 0 ? undefined : (reason ?? undefined)}
          onClick={() => void ask()}
        >
          {summary === null && again === 0 && retriable > 0 ? 'Check again' : `Retry ${formatNumber(writes)}…`}
        </Button>
      )}
      {failure !== null && item === null && (
        <JobNotice failure={failure} action={{ label: 'Try again', run: () => void ask() }} />
      )}
      {asking && summary !== null && (
        <Asking
          summary={summary}
          onClose={() => {
            setAsking(false);
          }}
          onYes={(messages) => {
            setAsking(false);
            void retry(run, messages);
          }}
        />
      )}
    </div>
  );
}

/** As Decide calls it. */
const MEND = REWRITE_OFFERS.find(({ key }) => key === 'brokenLines')?.label ?? '';

function startWords(again: number, toSettle: number, retriable: number): string {
  const parts = [
    again === 0 ? '' : `${plural(again, 'event')} can be tried again.`,
    toSettle === 0
      ? ''
      : `Open ${toSettle === 1 ? 'the event' : 'an event'} to settle it: the backup’s, the server’s, or both.`,
    retriable === 0 ? '' : `${formatNumber(retriable)} rejected: looked at again with the calendar as it is now.`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function planWords(summary: PlanSummary): string {
  const { conflict, reject } = summary.counts;
  const open = conflict === 0 ? '' : ` ${plural(conflict, 'conflict')} not settled.`;
  const still = reject === 0 ? '' : ` ${formatNumber(reject)} still rejected.`;
  return `${plural(countWrites(summary), 'event')} will be written.${open}${still}`;
}

interface AskingProps {
  readonly summary: PlanSummary;
  readonly onClose: () => void;
  readonly onYes: (messages: number | null) => void;
}

/** Consent as everywhere: the number of events, who is notified, and the number of messages where there are any. */
function Asking({ summary, onClose, onYes }: AskingProps): JSX.Element {
  if (needsDialog(summary)) return <ConsentDialog summary={summary} onClose={onClose} onYes={onYes} />;
  const blocked = whyNot(summary);
  return (
    <Confirm
      opened
      title={`Retry ${plural(countWrites(summary), 'event')}?`}
      yes={consentWords('retry', summary) ?? 'Blocked'}
      disabled={blocked !== null}
      onClose={onClose}
      onYes={() => {
        onYes(null);
      }}
    >
      <p>{blocked ?? 'A new run writes these events into the calendar as it is now, and can be undone by itself.'}</p>
    </Confirm>
  );
}
