import type { JSX } from 'react';
import { OUTCOMES } from '../../../../shared/model/outcome.ts';
import type { RunSnapshot } from '../../../../shared/model/snapshot.ts';
import { Chip } from '../../../components/Chip.tsx';
import { OutcomeBar } from '../../../components/OutcomeBar.tsx';
import { currentRate } from '../../../stores/job/rate.ts';
import { useRun } from '../../../stores/job/run.ts';
import { countRows } from '../../../words/consent.ts';
import { formatDuration, formatNumber, formatPercent, plural } from '../../../words/format.ts';
import { notifiedIn } from '../../../words/modes.ts';
import { OUTCOME_WORDS } from '../../../words/outcomes.ts';

export function Overall(): JSX.Element {
  const snapshot = useRun((state) => state.snapshot);
  const rate = useRun((state) => currentRate(state.samples));
  const of = snapshot.summary === null ? 0 : countRows(snapshot.summary);
  return (
    <section className="card overall" aria-label="Progress">
      <div className="row">
        <span className="big" data-testid="progress">
          {of === 0 ? 'Starting…' : `${formatNumber(snapshot.reached)} of ${formatNumber(of)}`}
        </span>
        <span className="dim" role="status">
          {paceWords(snapshot, of, rate)}
        </span>
        <span className="grow" />
        <MessagesChip snapshot={snapshot} />
      </div>
      <OutcomeBar totals={snapshot.totals} of={of} done={snapshot.done} reached={snapshot.reached} />
      <div className="row wrap counts">
        {OUTCOMES.filter((outcome) => snapshot.totals[outcome] > 0).map((outcome) => (
          <span key={outcome} className={`count-${OUTCOME_WORDS[outcome].tone}`}>
            <b>{formatNumber(snapshot.totals[outcome])}</b> {OUTCOME_WORDS[outcome].label.toLowerCase()}
          </span>
        ))}
        <span className="dim">
          <b>{formatNumber(snapshot.verified)}</b> read back and verified
          {snapshot.differing > 0 && `, ${formatNumber(snapshot.differing)} not as sent`}
        </span>
        {snapshot.pace !== null && <span className="faint">{plural(snapshot.pace.connections, 'connection')}</span>}
      </div>
    </section>
  );
}

function paceWords(snapshot: RunSnapshot, of: number, rate: number | null): string {
  if (snapshot.paused) return 'Paused: nothing is written until you resume';
  const { phase } = snapshot;
  if (phase?.name === 'verifying') {
    const how = phase.of === null ? '' : `: ${formatNumber(phase.done)} of ${formatNumber(phase.of)}`;
    return `reading back and comparing${how}`;
  }
  if (of === 0) return 'getting ready';
  const parts = [formatPercent(snapshot.reached, of)];
  if (rate !== null && rate > 0) {
    parts.push(`${formatNumber(Math.max(1, Math.round(rate)))} events a second`);
    if (of > snapshot.reached) parts.push(`about ${formatDuration((of - snapshot.reached) / rate)} left`);
  }
  return parts.join(' · ');
}

function MessagesChip({ snapshot }: { readonly snapshot: RunSnapshot }): JSX.Element | null {
  const { summary } = snapshot;
  const notified = summary === null ? null : notifiedIn(summary, summary.verdict.asked);
  if (notified === null) return null;
  if (notified.messages === 0) return <Chip tone="hush">0 messages sent</Chip>;
  return <Chip tone="warn">{plural(notified.messages, 'message')} in all</Chip>;
}
