import { Button } from '@mantine/core';
import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { JobNotice } from '../../../components/server/JobNotice.tsx';
import { useDraft } from '../../../stores/job/draft.ts';
import { useFlow } from '../../../stores/job/flow.ts';
import { usePlan } from '../../../stores/job/plan.ts';
import { currentRequest } from '../../../stores/job/source.ts';
import { isStandard } from '../../../words/modes.ts';
import { plural } from '../../../words/format.ts';
import { JobPage } from '../JobPage.tsx';
import { PlanProgress } from '../PlanProgress.tsx';
import { PlanNotes, StopList } from '../StopList.tsx';
import { Blocked, ChosenWay } from './Blocked.tsx';
import { CanaryDialog } from './CanaryDialog.tsx';
import { ConflictCard } from './ConflictCard.tsx';
import { IdentityCard } from './IdentityCard.tsx';
import { ModeCards } from './ModeCards.tsx';
import { NotifiedCharts } from './NotifiedCharts.tsx';
import { RewriteCard } from './RewriteCard.tsx';
import { SinceCard } from './SinceCard.tsx';
import frame from '../../../components/frame/frame.module.css';
import fields from '../../../components/fields.module.css';

export function DecideStep(): JSX.Element {
  const { plan, failure, planning } = usePlan();
  const mode = useDraft((state) => state.mode);
  return (
    <JobPage foot={<Foot />}>
      {failure !== null && <JobNotice failure={failure} action={{ label: 'Try again', run: planAgain }} />}
      <h2>Who should be notified?</h2>
      {plan !== null && <Blocked summary={plan.summary} />}
      <ChosenWay />
      <CanaryDialog />
      <ModeCards summary={plan?.summary ?? null} />
      {plan === null && planning && <PlanProgress />}
      {plan !== null && <StopList stops={plan.summary.stops} />}
      {plan !== null && <PlanNotes notes={plan.summary.notes} />}
      <div className={fields.two}>
        <IdentityCard summary={plan?.summary ?? null} />
        <ConflictCard />
        <SinceCard />
        <RewriteCard summary={plan?.summary ?? null} />
      </div>
      {plan !== null && hasChoice(plan.summary) && <NotifiedCharts summary={plan.summary} mode={mode} />}
    </JobPage>
  );
}

/** A picture that compares the answers needs more than one. */
function hasChoice({ verdicts }: PlanSummary): boolean {
  return Object.values(verdicts).filter(({ effective }) => effective !== null).length > 1;
}

function planAgain(): void {
  const input = currentRequest();
  if (input !== null) usePlan.getState().request(input, 0);
}

function Foot(): JSX.Element {
  const { plan, planning } = usePlan();
  const mode = useDraft((state) => state.mode);
  const go = useFlow((state) => state.go);
  const blocked = plan !== null && isStandard(mode) && plan.summary.verdicts[mode].effective === null;
  const rows = plan === null ? null : plan.summary.resources;
  return (
    <>
      <Button
        variant="subtle"
        onClick={() => {
          go('choose');
        }}
      >
        Back
      </Button>
      <span className="grow" />
      <span className={frame.note}>
        {blocked ? 'Not available on this server: choose another' : 'Nothing has been written yet'}
      </span>
      <Button
        variant="filled"
        disabled={plan === null || planning || blocked}
        onClick={() => {
          go('review');
        }}
      >
        {rows === null ? 'Review the events' : `Review ${plural(rows, 'event')}`}
      </Button>
    </>
  );
}
