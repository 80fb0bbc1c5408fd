import type { JSX, ReactNode } from 'react';
import { Page } from '../../components/frame/Page.tsx';
import { Steps } from '../../components/frame/Steps.tsx';
import { useCleanupBatch } from '../../stores/batch/batch.ts';
import { useCleanup } from '../../stores/batch/cleanup.ts';
import { CLEANUP_STEPS, useNavigation, type CleanupStep } from '../../stores/batch/navigation.ts';
import { BATCH_TITLES } from '../../words/batch.ts';
import { formatMoment, plural } from '../../words/format.ts';
import frame from '../../components/frame/frame.module.css';

const LABELS: Readonly<Record<CleanupStep, string>> = {
  where: 'Where',
  clusters: 'Groups',
  review: 'Review',
  run: 'Run',
};
const LATE: readonly CleanupStep[] = ['review', 'run'];

interface CleanupPageProps {
  readonly foot: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every step of a clean-up. */
export function CleanupPage({ foot, children }: CleanupPageProps): JSX.Element {
  const ended = useCleanupBatch((state) => state.report !== null);
  const step = useNavigation((state) => state.cleanup);
  const go = useNavigation((state) => state.goCleanup);
  const kind = useCleanupBatch((state) => state.kind);
  const origin = useCleanupBatch((state) => state.origin);
  const result = useCleanup((state) => state.result);
  const late = origin !== null && LATE.includes(step);
  const steps = (late ? LATE : CLEANUP_STEPS).map((id) => ({ id, label: LABELS[id] }));
  const open = step === 'run' ? [] : steps.map(({ id }) => id);
  const sub = late
    ? `clean-up of ${formatMoment(origin.startedAt, new Date())}`
    : result === null
      ? undefined
      : `${plural(result.matches, 'event')} found in ${plural(result.searched, 'calendar')}`;
  // A report out of History is no step of a job.
  const looking = useCleanupBatch((state) => state.origin !== null && state.plan === null && state.report !== null);
  return (
    <Page
      fixed
      title={late ? BATCH_TITLES[kind] : BATCH_TITLES.cleanup}
      {...(sub === undefined ? {} : { sub })}
      under={
        looking ? (
          <div className={frame.underGap} />
        ) : (
          <Steps steps={steps} now={step} open={open} go={go} ended={step === 'run' && ended} />
        )
      }
      foot={foot}
    >
      {children}
    </Page>
  );
}
