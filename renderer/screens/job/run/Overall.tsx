import type { JSX } from 'react';
import type { RunSnapshot } from '../../../../shared/model/snapshot.ts';
import { Chip } from '../../../components/Chip.tsx';
import { useSteadyClock } from '../../../components/useSteadyClock.ts';
import { OutcomeBar } from '../../../components/outcome/OutcomeBar.tsx';
import { OutcomeCounts } from '../../../components/outcome/OutcomeCounts.tsx';
import { currentRate } from '../../../stores/job/rate.ts';
import { useRun } from '../../../stores/job/run.ts';
import { countRows } from '../../../words/consent.ts';
import { formatNumber, plural } from '../../../words/format.ts';
import { haltedBy, paceWords, writeProgress, type Progress } from '../../../words/pace.ts';
import { notifiedIn } from '../../../words/modes.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import overall from '../../../components/overall.module.css';

export function Overall(): JSX.Element {
  const snapshot = useRun((state) => state.snapshot);
  const now = useSteadyClock();
  const rate = useRun((state) => currentRate(state.samples, now));
  const of = snapshot.summary === null ? 0 : countRows(snapshot.summary);
  const written = writeProgress(snapshot);
  return (
    <section className={classes(overall.overall, parts.card)} aria-label="Progress">
      <div className="row">
        <span className={overall.big} data-testid="progress">
          {of === 0 ? 'Starting…' : `${formatNumber(written.done)} of ${formatNumber(written.of)}`}
        </span>
        <span className="dim" role="status">
          {saysNow(snapshot, written, rate)}
        </span>
        <span className="grow" />
        <MessagesChip snapshot={snapshot} />
      </div>
      <OutcomeBar job={snapshot.job} totals={snapshot.totals} of={of} done={snapshot.done} reached={snapshot.reached} />
      <div className={classes(overall.counts, 'row wrap')}>
        <OutcomeCounts totals={snapshot.totals} job={snapshot.job} />
        <span className="dim">
          <b>{formatNumber(snapshot.verified)}</b> read back and verified
          {snapshot.differing > 0 && `, ${formatNumber(snapshot.differing)} not as sent`}
          {snapshot.unread > 0 && `, ${formatNumber(snapshot.unread)} not read back yet`}
        </span>
        {snapshot.pace !== null && <span className="faint">{plural(snapshot.pace.connections, 'connection')}</span>}
      </div>
    </section>
  );
}

function saysNow(snapshot: RunSnapshot, written: Progress, rate: number | null): string {
  if (snapshot.paused) return 'Paused: nothing is written until you resume';
  const { phase } = snapshot;
  if (phase?.name === 'verifying') {
    const how = phase.of === null ? '' : `: ${formatNumber(phase.done)} of ${formatNumber(phase.of)}`;
    return `reading back and comparing${how}`;
  }
  return paceWords(written, haltedBy(snapshot) === null ? rate : 0);
}

function MessagesChip({ snapshot }: { readonly snapshot: RunSnapshot }): JSX.Element | null {
  const { summary } = snapshot;
  const notified = summary === null ? null : notifiedIn(summary, summary.verdict.asked);
  if (notified === null) return null;
  if (notified.messages === 0) return <Chip tone="hush">0 messages sent</Chip>;
  return <Chip tone="warn">{plural(notified.messages, 'message')} in all</Chip>;
}
