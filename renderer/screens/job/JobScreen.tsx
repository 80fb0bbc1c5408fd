import type { JSX } from 'react';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { useFlow } from '../../stores/job/flow.ts';
import { ChooseStep } from './choose/ChooseStep.tsx';
import { DecideStep } from './decide/DecideStep.tsx';
import { JobConsequences } from './JobConsequences.tsx';
import { SeveralScreen } from './several/SeveralScreen.tsx';
import { ReviewStep } from './review/ReviewStep.tsx';
import { RunStep } from './run/RunStep.tsx';
import { usePlanOfDraft } from './usePlanOfDraft.ts';
import { classes } from '../../components/classes.ts';
import frame from '../../components/frame/frame.module.css';

/** What stands in Restore: the job of one calendar, or a restore of several from its review on. */
export function JobScreen(): JSX.Element {
  const one = useNavigation((state) => state.restore === 'one');
  return one ? <OneCalendar /> : <SeveralScreen />;
}

/** A job: restore in four steps; undo and retry come in at Review. The consequence panel stands beside each step. */
function OneCalendar(): JSX.Element {
  usePlanOfDraft();
  return (
    <div className={classes(frame.screen, frame.withPanel)}>
      <StepOf />
      <JobConsequences />
    </div>
  );
}

function StepOf(): JSX.Element {
  switch (useFlow((state) => state.step)) {
    case 'choose':
      return <ChooseStep />;
    case 'decide':
      return <DecideStep />;
    case 'review':
      return <ReviewStep />;
    case 'run':
      return <RunStep />;
  }
}
