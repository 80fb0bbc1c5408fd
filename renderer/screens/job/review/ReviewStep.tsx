import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { JobNoteFields } from '../../../components/note/JobNoteFields.tsx';
import { JobNotice } from '../../../components/server/JobNotice.tsx';
import { asksWhoIsNotified, jobNow, useFlow } from '../../../stores/job/flow.ts';
import { useHistory } from '../../../stores/history/history.ts';
import { useApp } from '../../../stores/app.ts';
import { usePlan } from '../../../stores/job/plan.ts';
import { useReviewView } from '../../../stores/job/calendar.ts';
import { useRehearsal } from '../../../stores/job/rehearsal.ts';
import { useRows } from '../../../stores/job/rows.ts';
import { useRun } from '../../../stores/job/run.ts';
import { consentWords, countWrites, whyNot } from '../../../words/consent.ts';
import { JobPage } from '../JobPage.tsx';
import { PlanProgress } from '../PlanProgress.tsx';
import { PlanNotes, StopList } from '../StopList.tsx';
import { ConsentDialog, needsDialog } from './ConsentDialog.tsx';
import { RehearsalDialog } from './RehearsalDialog.tsx';
import { ReviewEvents } from './ReviewEvents.tsx';
import { Timeline } from './Timeline.tsx';
import { UndoAnswer, UndoQuestion } from './UndoQuestion.tsx';
import frame from '../../../components/frame/frame.module.css';

export function ReviewStep(): JSX.Element {
  const { plan, failure: planFailure } = usePlan();
  const failure = useRows((state) => state.failure);
  const runFailure = useRun((state) => state.failure);
  const listed = useReviewView((state) => state.tab === 'list');
  const { remake, kind, origin, undoMode } = useFlow();
  const asks = asksWhoIsNotified(kind, undoMode, plan?.summary ?? null);
  const again = { label: 'Make the plan again', run: () => void remake() };
  return (
    <JobPage fixed foot={<Foot />}>
      {(plan === null ? [planFailure] : [planFailure, failure, runFailure]).map(
        (problem, index) => problem !== null && <JobNotice key={index} failure={problem} action={again} />,
      )}
      {plan === null && planFailure === null && <PlanProgress />}
      {plan !== null && asks && <UndoQuestion summary={plan.summary} />}
      {plan !== null && !asks && (
        <>
          {undoMode !== null && <UndoAnswer summary={plan.summary} mode={undoMode} />}
          <StopList stops={plan.summary.stops} />
          <PlanNotes notes={plan.summary.notes} />
          {listed && <Timeline key={plan.planId} months={plan.summary.months} />}
          <ReviewEvents key={`events ${plan.planId}`} months={plan.summary.months} />
          <JobNoteFields job={jobNow({ kind, origin })} />
        </>
      )}
    </JobPage>
  );
}

function Foot(): JSX.Element {
  const { kind, go, undoMode } = useFlow();
  const summary = usePlan((state) => state.plan?.summary ?? null);
  const planId = usePlan((state) => state.plan?.planId ?? null);
  const rehearse = useRehearsal((state) => state.rehearse);
  const starting = useRun((state) => state.starting);
  const runPlan = useFlow((state) => state.runPlan);
  /** The plan that is asked about: another one is asked about anew. */
  const [asking, setAsking] = useState<string | null>(null);
  const back = (): void => {
    if (kind === 'restore') go('decide');
    else leaveForHistory();
  };
  const asks = asksWhoIsNotified(kind, undoMode, summary);
  const reason = summary === null ? null : asks ? 'Choose first who should be notified of the undo' : whyNot(summary);
  return (
    <>
      <Button variant="subtle" onClick={back}>
        Back
      </Button>
      <span className="grow" />
      <span className={frame.note}>{reason ?? 'Nothing has been written yet'}</span>
      <Button
        data-testid="rehearse"
        title="Runs the plan on a copy of the calendar and shows what would have gone out"
        disabled={planId === null || asks || summary === null || countWrites(summary) === 0}
        onClick={() => {
          if (planId !== null) void rehearse(planId);
        }}
      >
        Dry run
      </Button>
      <Button
        variant="filled"
        data-testid="start-run"
        disabled={summary === null || reason !== null}
        loading={starting}
        onClick={() => {
          if (summary !== null && needsDialog(summary)) setAsking(planId);
          else void runPlan(null);
        }}
      >
        {asks ? 'Undo' : ((summary === null ? null : consentWords(kind, summary)) ?? 'Nothing will be written')}
      </Button>
      <RehearsalDialog />
      {asking !== null && asking === planId && summary !== null && (
        <ConsentDialog
          summary={summary}
          onClose={() => {
            setAsking(null);
          }}
          onYes={(messages) => {
            setAsking(null);
            void runPlan(messages);
          }}
        />
      )}
    </>
  );
}

function leaveForHistory(): void {
  usePlan.getState().clear();
  useApp.getState().go('history');
  void useHistory.getState().load();
}
