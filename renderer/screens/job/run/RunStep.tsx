import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { Confirm } from '../../../components/Confirm.tsx';
import { Note, Notice } from '../../../components/Notice.tsx';
import { JobNotice } from '../../../components/server/JobNotice.tsx';
import { useApp } from '../../../stores/app.ts';
import { useFlow } from '../../../stores/job/flow.ts';
import { useRun } from '../../../stores/job/run.ts';
import { canResume } from '../../../../shared/model/kept/resumable.ts';
import { ReportActions } from '../../report/ReportActions.tsx';
import { ReportView } from '../../report/ReportView.tsx';
import { JobPage } from '../JobPage.tsx';
import { LiveRows } from './LiveRows.tsx';
import { Overall } from './Overall.tsx';
import { RateChart } from './RateChart.tsx';
import { haltedBy } from '../../../words/pace.ts';
import { classes } from '../../../components/classes.ts';
import { useStopping } from '../../../components/useStopping.ts';
import frame from '../../../components/frame/frame.module.css';

/** The run while it goes on; its report takes the place when it has ended. */
export function RunStep(): JSX.Element {
  const report = useRun((state) => state.report);
  const failure = useRun((state) => state.failure);
  const problems = useRun((state) => state.snapshot.problems);
  const halted = useRun((state) => haltedBy(state.snapshot));
  const { kind, startOver, resume } = useFlow();
  if (report !== null) {
    return (
      <JobPage
        fixed
        foot={
          <ReportActions run={report.run}>
            {kind === 'restore' ? (
              <Button variant={canResume(report.run) ? 'default' : 'filled'} onClick={startOver}>
                Restore another
              </Button>
            ) : (
              <Button
                variant="filled"
                onClick={() => {
                  leave(startOver);
                }}
              >
                Back to History
              </Button>
            )}
          </ReportActions>
        }
      >
        {failure !== null && (
          <JobNotice failure={failure} action={{ label: 'Try again', run: () => void resume(report.run) }} />
        )}
        <ReportView report={report} />
      </JobPage>
    );
  }
  return (
    <JobPage fixed foot={<Foot />}>
      {failure !== null && <Notice failure={failure} />}
      {problems.map((problem, index) => (
        <Notice key={index} failure={problem} />
      ))}
      {halted !== null && (
        <Note tone="warn" role="status">
          {halted} It is tried again.
        </Note>
      )}
      <Overall />
      <RateChart />
      <LiveRows />
    </JobPage>
  );
}

/** An undo or a retry was begun in History. */
function leave(startOver: () => void): void {
  startOver();
  useApp.getState().go('history');
}

function Foot(): JSX.Element {
  const paused = useRun((state) => state.snapshot.paused);
  const pause = useRun((state) => state.pause);
  const known = useRun((state) => state.runId !== null);
  const { stopping, ask, question } = useStopping(useRun((state) => state.stop));
  return (
    <>
      <span className={classes(frame.note, 'grow')}>
        {stopping
          ? 'Stopping: the requests under way are finished first'
          : 'Safe to close: the run can be resumed where it stopped when you open Hushcal again'}
      </span>
      <Button disabled={!known || stopping} onClick={() => void pause(!paused)}>
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button disabled={!known || stopping} onClick={ask}>
        Stop
      </Button>
      <Confirm title="Stop this run?" yes="Stop the run" {...question}>
        <p>
          What is written stays written, and the report will say so. The run can be resumed from History, or undone with
          Undo.
        </p>
      </Confirm>
    </>
  );
}
