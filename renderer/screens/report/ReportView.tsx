import type { JSX } from 'react';
import type { RunStatus } from '../../../shared/model/job.ts';
import type { ReportHead } from '../../../shared/model/kept/report.ts';
import { Note } from '../../components/Notice.tsx';
import { JobNoteLine } from '../../components/note/JobNoteLine.tsx';
import { OutcomeBar } from '../../components/outcome/OutcomeBar.tsx';
import { useAttention } from '../../stores/job/attention.ts';
import { Chip } from '../../components/Chip.tsx';
import { formatMoment, formatNumber } from '../../words/format.ts';
import { STATUS_WORDS } from '../../words/outcomes.ts';
import { countAll, headline } from '../../words/report.ts';
import { Buckets } from './Buckets.tsx';
import { ReportItems } from './ReportItems.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import overall from '../../components/overall.module.css';
import frame from '../../components/frame/frame.module.css';
import styles from './report.module.css';

/** Of such a run the sentences say why. */
const ENDED_EARLY: ReadonlySet<RunStatus> = new Set(['refused', 'stopped', 'interrupted']);

/** The report of a run: the headline, the totals that reconcile, what wants a look, every event. */
export function ReportView({ report }: { readonly report: ReportHead }): JSX.Element {
  const { run, notes } = report;
  const { title, says } = headline(run);
  const all = countAll(run.totals);
  // The totals make room for the event that is open.
  const opened = useAttention((state) => state.item !== null);
  return (
    <>
      <section className={classes(overall.overall, parts.card)} aria-label="Result" data-testid="report">
        <div className="row">
          <h2 className={overall.big} data-testid="headline">
            {title}
          </h2>
          <span className="grow" />
          <Chip tone={STATUS_WORDS[run.status].tone}>{STATUS_WORDS[run.status].label}</Chip>
        </div>
        <p className="dim">{says}</p>
        <OutcomeBar job={run.job} totals={run.totals} of={all} done={all - run.totals.cancelled} />
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
        <Note tone={ENDED_EARLY.has(run.status) ? 'warn' : 'hush'}>
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Note>
      )}
      <div className={classes(styles.reportBody, frame.fill, frame.tall, opened && styles.opened)}>
        <Buckets report={report} />
        <ReportItems report={report} />
      </div>
    </>
  );
}
