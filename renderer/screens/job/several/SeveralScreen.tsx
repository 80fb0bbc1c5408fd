import { Button } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import type { BatchSummary } from '../../../../shared/model/batch/batch.ts';
import { Page } from '../../../components/frame/Page.tsx';
import { Steps } from '../../../components/frame/Steps.tsx';
import { useApp } from '../../../stores/app.ts';
import { useRestoreBatch } from '../../../stores/batch/batch.ts';
import { showOne, useNavigation } from '../../../stores/batch/navigation.ts';
import { useFlow } from '../../../stores/job/flow.ts';
import { BATCH_TITLES, countBatchWrites, countRunning } from '../../../words/batch.ts';
import { formatMoment, plural } from '../../../words/format.ts';
import { BatchConsequences } from '../../batch/BatchConsequences.tsx';
import { BatchContext } from '../../batch/BatchContext.ts';
import { BatchReview, BatchReviewFoot } from '../../batch/BatchReview.tsx';
import { BatchRun, BatchRunFoot } from '../../batch/BatchRun.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import acts from '../../../components/acts.module.css';
import frame from '../../../components/frame/frame.module.css';

const PLACE = { lane: 'restore', store: useRestoreBatch } as const;
const CHOOSE = { id: 'one', label: 'Choose' } as const;
const LATE = [
  { id: 'review', label: 'Review' },
  { id: 'run', label: 'Run' },
] as const;

/** A restore of several calendars from its review on; its undo comes in there, too. */
export function SeveralScreen(): JSX.Element {
  const step = useNavigation((state) => state.restore);
  return (
    <BatchContext value={PLACE}>
      <div className={classes(frame.screen, frame.withPanel)}>
        {step === 'run' ? <Run /> : <Review />}
        <BatchConsequences before="The number shows here as soon as every calendar is planned. It should be 0." />
      </div>
    </BatchContext>
  );
}

function SeveralPage({ foot, children }: { readonly foot: ReactNode; readonly children: ReactNode }): JSX.Element {
  const { kind, origin, plan, report } = useRestoreBatch();
  const step = useNavigation((state) => state.restore);
  const go = useNavigation((state) => state.goRestore);
  const steps = origin === null ? [CHOOSE, ...LATE] : LATE;
  const open = step === 'run' ? [] : steps.map(({ id }) => id);
  // A report out of History is no step of a job.
  const looking = origin !== null && plan === null && report !== null;
  return (
    <Page
      fixed
      title={BATCH_TITLES[kind]}
      {...(origin === null ? {} : { sub: `restore of ${formatMoment(origin.startedAt, new Date())}` })}
      under={
        looking ? (
          <div className={frame.underGap} />
        ) : (
          <Steps steps={steps} now={step} open={open} go={go} ended={step === 'run' && report !== null} />
        )
      }
      foot={foot}
    >
      {children}
    </Page>
  );
}

function Review(): JSX.Element {
  const { kind, origin, plan } = useRestoreBatch();
  const back = (): void => {
    if (origin === null) showOne();
    else useApp.getState().go('history');
  };
  return (
    <SeveralPage foot={<BatchReviewFoot back={back} backup={kind === 'restore'} />}>
      <BatchReview>
        {plan !== null && <WhatComes summary={plan.summary} calendars={countRunning(plan.members)} />}
      </BatchReview>
    </SeveralPage>
  );
}

function WhatComes(props: { readonly summary: BatchSummary; readonly calendars: number }): JSX.Element {
  const { summary, calendars } = props;
  const writes = countBatchWrites(summary);
  const undoes = summary.kind === 'undo';
  return (
    <section className={classes(acts.act, parts.card)} aria-label={undoes ? 'What is undone' : 'What is restored'}>
      <IconRestore size={20} stroke={1.7} aria-hidden />
      <div>
        <h2>
          {undoes
            ? `${plural(writes, 'change')} undone in ${plural(calendars, 'calendar')}`
            : `${plural(writes, 'event')} restored into ${plural(calendars, 'calendar')}`}
        </h2>
        <p>
          {undoes
            ? 'Each calendar becomes what it was before the restore. What somebody changed since is left alone and named.'
            : 'Each calendar goes back by itself: one that cannot be restored is named, and the others continue. One undo reverts all of it.'}
        </p>
      </div>
    </section>
  );
}

function Run(): JSX.Element {
  return (
    <SeveralPage foot={<BatchRunFoot limits={null} after={<After />} />}>
      <BatchRun />
    </SeveralPage>
  );
}

function After(): JSX.Element {
  const { origin, report, clear } = useRestoreBatch();
  return (
    <Button
      variant={report?.batch.canResume === true ? 'default' : 'filled'}
      onClick={() => {
        clear();
        if (origin === null) {
          useFlow.getState().startOver();
          return;
        }
        useNavigation.getState().goRestore('one');
        useApp.getState().go('history');
      }}
    >
      {origin === null ? 'Restore something else' : 'Back to History'}
    </Button>
  );
}
