import type { JSX } from 'react';
import type { ReportHead } from '../../../shared/model/report.ts';
import { Note } from '../../components/Notice.tsx';
import { JobNoteLine } from '../../components/JobNoteLine.tsx';
import { OutcomeBar } from '../../components/OutcomeBar.tsx';
import { useAttention } from '../../stores/job/attention.ts';
import { Chip } from '../../components/Chip.tsx';
import { formatMoment, formatNumber } from '../../words/format.ts';
import { STATUS_WORDS } from '../../words/outcomes.ts';
import { countAll, headline } from '../../words/report.ts';
import { Buckets } from './Buckets.tsx';
import { ReportItems } from './ReportItems.tsx';

/** The report of a run: the headline, the totals that reconcile, what wants a look, every event. */
export function ReportView({ report }: { readonly report: ReportHead }): JSX.Element {
  const { run, notes } = report;
  const { title, says, tone } = headline(run);
  const all = countAll(run.totals);
  // The totals make room for the event that is open.
  const opened = useAttention((state) => state.item !== null);
  return (
    <>
      <section className={`card overall report-head ${tone}`} aria-label="Result" data-testid="report">
        <div className="row">
          <h2 className="big" data-testid="headline">
            {title}
          </h2>
          <span className="grow" />
          <Chip tone={STATUS_WORDS[run.status].tone}>{STATUS_WORDS[run.status].label}</Chip>
        </div>
        <p className="dim">{says}</p>
        <OutcomeBar totals={run.totals} of={all} done={all - run.totals.cancelled} />
        <JobNoteLine id={run.batch ?? run.runId} of={run} name="run" />
        <p className="small faint ellipsis" title={run.sources.join(', ')}>
          {[
            formatMoment(run.startedAt, new Date()),
            run.user,
            run.sources.join(', '),
            `${formatNumber(run.verified)} read back and verified`,
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </p>
      </section>
      {notes.length > 0 && (
        <Note tone="hush">
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Note>
      )}
      <div className={opened ? 'report-body fill opened' : 'report-body fill'}>
        <Buckets buckets={report.buckets} />
        <ReportItems report={report} />
      </div>
    </>
  );
}
