import type { JSX } from 'react';
import { OUTCOMES } from '../../../shared/model/outcome.ts';
import { Chip } from '../../components/Chip.tsx';
import { OutcomeBar } from '../../components/OutcomeBar.tsx';
import { countDone } from '../../stores/batch/batch.ts';
import { currentRate } from '../../stores/job/rate.ts';
import { countBatchWrites, needWords, notifiedOf } from '../../words/batch.ts';
import { formatDuration, formatNumber, formatPercent, formatTime, plural } from '../../words/format.ts';
import { OUTCOME_WORDS } from '../../words/outcomes.ts';
import { useBatch } from './BatchContext.ts';
import { MemberStrip } from './MemberStrip.tsx';

/** The whole batch in numbers: events, rate, time left, outcomes, mailboxes. */
export function BatchOverall(): JSX.Element {
  const snapshot = useBatch((state) => state.snapshot);
  const rate = useBatch((state) => currentRate(state.samples));
  const { summary, members, totals } = snapshot;
  const done = countDone(snapshot);
  const of =
    summary === null
      ? 0
      : Math.max(
          done,
          Object.values(summary.counts).reduce((sum, count) => sum + count, 0),
        );
  const written = Math.max(
    done,
    members.reduce((sum, member) => sum + member.written, 0),
  );
  const reached = Math.min(of, written);
  const notified = summary === null ? null : notifiedOf(summary);
  const finished = members.filter(({ state }) => state === 'done').length;
  const need = members.filter(({ state }) => state === 'needs-you').length;
  return (
    <section className="card overall" aria-label="Progress">
      <div className="row">
        <span className="big" data-testid="progress">
          {of === 0 ? 'Starting…' : `${formatNumber(reached)} of ${formatNumber(of)}`}
        </span>
        <span className="dim" role="status">
          {snapshot.paused
            ? 'Paused: nothing is written until you resume'
            : snapshot.restingUntil === null
              ? paceWords(reached, of, rate)
              : `Resting until ${formatTime(snapshot.restingUntil)}: not within the hours you allowed`}
        </span>
        <span className="grow" />
        {notified !== null &&
          (notified.messages === 0 ? (
            <Chip tone="hush">0 messages sent</Chip>
          ) : (
            <Chip tone="warn">{plural(notified.messages, 'message')} in all</Chip>
          ))}
      </div>
      <OutcomeBar totals={totals} of={of} done={done} reached={reached} />
      <MemberStrip />
      <div className="row wrap counts">
        <span>
          <b>{formatNumber(finished)}</b> of {plural(members.length, 'calendar')} done
        </span>
        {need > 0 && <span className="count-bad">{needWords(need)}</span>}
        {OUTCOMES.filter((outcome) => totals[outcome] > 0).map((outcome) => (
          <span key={outcome} className={`count-${OUTCOME_WORDS[outcome].tone}`}>
            <b>{formatNumber(totals[outcome])}</b> {OUTCOME_WORDS[outcome].label.toLowerCase()}
          </span>
        ))}
        <span className="dim">
          <b>{formatNumber(snapshot.verified)}</b> verified
        </span>
        {summary !== null && countBatchWrites(summary) === 0 && <span className="dim">nothing to write</span>}
      </div>
    </section>
  );
}

function paceWords(done: number, of: number, rate: number | null): string {
  if (of === 0) return 'getting ready';
  const parts = [formatPercent(done, of)];
  if (rate !== null && rate > 0) {
    parts.push(`${formatNumber(Math.max(1, Math.round(rate)))} events a second`);
    if (of > done) parts.push(`about ${formatDuration((of - done) / rate)} left`);
  }
  return parts.join(' · ');
}
