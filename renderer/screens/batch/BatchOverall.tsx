import type { JSX } from 'react';
import { Chip } from '../../components/Chip.tsx';
import { useSteadyClock } from '../../components/useSteadyClock.ts';
import { OutcomeBar } from '../../components/outcome/OutcomeBar.tsx';
import { OutcomeCounts } from '../../components/outcome/OutcomeCounts.tsx';
import { countDone } from '../../stores/batch/batch.ts';
import { currentRate } from '../../stores/job/rate.ts';
import { countBatchWrites, notifiedOf } from '../../words/batch.ts';
import { needWords } from '../../words/report.ts';
import { formatNumber, formatTime, plural } from '../../words/format.ts';
import { paceWords } from '../../words/pace.ts';
import { useBatch } from './BatchContext.ts';
import { MemberStrip } from './MemberStrip.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import overall from '../../components/overall.module.css';

/** The whole batch in numbers: events, rate, time left, outcomes, mailboxes. */
export function BatchOverall(): JSX.Element {
  const snapshot = useBatch((state) => state.snapshot);
  const now = useSteadyClock();
  const rate = useBatch((state) => currentRate(state.samples, now));
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
  const need = members.filter(({ state }) => state === 'needs-attention').length;
  return (
    <section className={classes(overall.overall, parts.card)} aria-label="Progress">
      <div className="row">
        <span className={overall.big} data-testid="progress">
          {of === 0 ? 'Starting…' : `${formatNumber(reached)} of ${formatNumber(of)}`}
        </span>
        <span className="dim" role="status">
          {snapshot.paused
            ? 'Paused: nothing is written until you resume'
            : snapshot.restingUntil === null
              ? paceWords({ done: reached, of }, rate)
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
      <OutcomeBar job={snapshot.kind} totals={totals} of={of} done={done} reached={reached} />
      <MemberStrip />
      <div className={classes(overall.counts, 'row wrap')}>
        <span>
          <b>{formatNumber(finished)}</b> of {plural(members.length, 'calendar')} done
        </span>
        {need > 0 && <span className={overall.bad}>{needWords(need)}</span>}
        <OutcomeCounts totals={totals} job={snapshot.kind} />
        <span className="dim">
          <b>{formatNumber(snapshot.verified)}</b> verified
        </span>
        {summary !== null && countBatchWrites(summary) === 0 && <span className="dim">nothing to write</span>}
      </div>
    </section>
  );
}
