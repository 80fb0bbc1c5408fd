import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { PlanSummary } from '../../../shared/model/plan.ts';
import type { ReportHead } from '../../../shared/model/report.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { Notice } from '../../components/Notice.tsx';
import { canSettle, useAttention } from '../../stores/job/attention.ts';
import { usePlan } from '../../stores/job/plan.ts';
import { useRun } from '../../stores/job/run.ts';
import { consentWords, countWrites, whyNot } from '../../words/consent.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { ConsentDialog, needsDialog } from '../job/review/ConsentDialog.tsx';
import { SettleAll } from '../job/review/Settle.tsx';

/** What became of the rows that need attention, and the one button that tries them again. */
export function RetryBar({ report }: { readonly report: ReportHead }): JSX.Element | null {
  const { run } = report;
  const { planId, planning, failure, item, prepare, retry } = useAttention();
  const plan = usePlan((state) => state.plan);
  const starting = useRun((state) => state.starting);
  const [asking, setAsking] = useState(false);
  const { failed, unknown, cancelled, conflict, altered } = run.totals;
  const again = failed + unknown + cancelled;
  if (!canSettle(run) || again + conflict + altered === 0) return null;
  const summary = planId !== null && plan?.planId === planId ? plan.summary : null;
  const writes = summary === null ? again : countWrites(summary);
  const reason = summary === null ? null : whyNot(summary);
  const ask = async (): Promise<void> => {
    if (await prepare(run)) setAsking(true);
  };
  return (
    <div className="retry-bar" role="group" aria-label="Settle and retry">
      <span className="small dim grow" role="status">
        {summary === null ? startWords(again, conflict + altered) : planWords(summary)}
      </span>
      {summary !== null && <SettleAll />}
      <Button
        size="xs"
        variant="filled"
        data-testid="retry-here"
        loading={planning || starting}
        disabled={writes === 0 && (summary !== null || again === 0)}
        title={writes === 0 ? undefined : (reason ?? undefined)}
        onClick={() => void ask()}
      >
        Retry {formatNumber(writes)}…
      </Button>
      {failure !== null && item === null && <Notice failure={failure} />}
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

function startWords(again: number, toSettle: number): string {
  const parts = [
    again === 0 ? '' : `${plural(again, 'event')} can be tried again.`,
    toSettle === 0
      ? ''
      : `Open ${toSettle === 1 ? 'the event' : 'an event'} to settle it: the backup’s, the server’s, or both.`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function planWords(summary: PlanSummary): string {
  const { conflict } = summary.counts;
  const open = conflict === 0 ? '' : ` ${plural(conflict, 'conflict')} not settled.`;
  return `${plural(countWrites(summary), 'event')} will be written.${open}`;
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
