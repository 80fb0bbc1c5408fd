import { Button } from '@mantine/core';
import { IconLoader2 } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { ReportHead } from '../../../shared/model/kept/report.ts';
import { actorName } from '../../../shared/text/display-names.ts';
import { ConsequencePanel } from '../../components/ConsequencePanel.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/frame/Page.tsx';
import { useServerName } from '../../stores/names.ts';
import { useHistory } from '../../stores/history/history.ts';
import { formatMoment, formatNumber } from '../../words/format.ts';
import { notifiedIn } from '../../words/modes.ts';
import { ReportActions } from '../report/ReportActions.tsx';
import { ReportView } from '../report/ReportView.tsx';
import { classes } from '../../components/classes.ts';
import { isolate } from '../../../shared/words/isolate.ts';
import parts from '../../components/parts.module.css';
import frame from '../../components/frame/frame.module.css';

const TITLES = {
  restore: 'Report of a restore',
  undo: 'Report of an undo',
  retry: 'Report of a retry',
  migrate: 'Report of a migration',
  cleanup: 'Report of a clean-up',
  announce: 'Report of an announcement',
} as const;

/** One report out of History, with the consequences it had. */
export function ReportPage(): JSX.Element {
  const { report, failure, open } = useHistory();
  const server = useServerName(report?.run.server ?? '');
  const back = (
    <Button variant="subtle" onClick={() => void open(null)}>
      Back to History
    </Button>
  );
  return (
    <div className={classes(frame.screen, frame.withPanel)}>
      <Page
        fixed
        title={report === null ? 'Report' : TITLES[report.run.job]}
        sub={
          report === null
            ? undefined
            : `${isolate(report.run.calendar)} on ${isolate(server)} as ${actorName(report.run)}, ${formatMoment(report.run.startedAt, new Date())}`
        }
        under={<div className={frame.underGap} />}
        foot={report === null ? back : <ReportActions run={report.run}>{back}</ReportActions>}
      >
        {failure !== null && <Notice failure={failure} />}
        {report === null && failure === null && (
          <p className="row dim" role="status">
            <IconLoader2 size={15} className={parts.spin} aria-hidden /> Opening the report…
          </p>
        )}
        {report !== null && <ReportView key={report.run.runId} report={report} />}
      </Page>
      <Panel report={report} />
    </div>
  );
}

function Panel({ report }: { readonly report: ReportHead | null }): JSX.Element {
  const server = useServerName(report?.run.server ?? '');
  if (report === null) return <ConsequencePanel facts={null} busy={false} job={null} />;
  const { run, summary } = report;
  const planned = notifiedIn(summary, summary.verdict.asked);
  const facts = {
    server,
    user: actorName(run),
    calendar: run.calendar,
    asked: run.asked,
    verdict: summary.verdict,
    notified: planned === null ? null : { ...planned, people: run.notified },
    tense: 'were' as const,
    more: `${formatNumber(run.verified)} events were read back and compared.`,
    summary,
  };
  return <ConsequencePanel facts={facts} busy={false} job={run.job} />;
}
