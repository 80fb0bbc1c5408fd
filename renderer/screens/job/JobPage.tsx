import type { JSX, ReactNode } from 'react';
import type { JobKind } from '../../../shared/model/job.ts';
import { actorName } from '../../../shared/text/display-names.ts';
import { Page } from '../../components/frame/Page.tsx';
import { Steps } from '../../components/frame/Steps.tsx';
import { useWantsAll } from '../../stores/batch/several.ts';
import { useFind } from '../../stores/find.ts';
import { asksWhoIsNotified, useFlow, type Step } from '../../stores/job/flow.ts';
import { usePlan } from '../../stores/job/plan.ts';
import { useRun } from '../../stores/job/run.ts';
import { useMissing } from '../../stores/job/missing.ts';
import { useServerName } from '../../stores/names.ts';
import { useSource } from '../../stores/job/source.ts';
import { BATCH_TITLES } from '../../words/batch.ts';
import { formatMoment, plural } from '../../words/format.ts';
import { isolate } from '../../../shared/words/isolate.ts';

const LABELS: Readonly<Record<Step, string>> = { choose: 'Choose', decide: 'Decide', review: 'Review', run: 'Run' };
const STEPS_OF: Readonly<Record<JobKind, readonly Step[]>> = {
  restore: ['choose', 'decide', 'review', 'run'],
  undo: ['review', 'run'],
  retry: ['review', 'run'],
  migrate: ['run'],
  cleanup: ['run'],
  announce: ['run'],
};
/** The run notified people, so it is decided who is notified of the undo. */
const STEPS_OF_LOUD_UNDO: readonly Step[] = ['decide', 'review', 'run'];
/** Of all calendars of a backup; from the review on they are a batch. */
const STEPS_OF_ALL: readonly Step[] = ['choose', 'review', 'run'];
const TITLES: Readonly<Record<JobKind, string>> = {
  restore: 'Restore a calendar',
  undo: 'Undo a run',
  retry: 'Retry what failed',
  migrate: 'Migrate a calendar',
  cleanup: 'Clean up a calendar',
  announce: 'Notify external guests',
};

interface JobPageProps {
  readonly foot: ReactNode;
  readonly fixed?: boolean;
  readonly children: ReactNode;
}

/** The frame of every step: title, what it is about, the steps. */
export function JobPage({ foot, fixed = false, children }: JobPageProps): JSX.Element {
  const { kind, step, go, undoMode } = useFlow();
  const sub = useSub();
  const all = useWantsAll() && kind === 'restore' && step === 'choose';
  const ended = useRun((state) => state.report !== null);
  const undoes = usePlan((state) => state.plan?.summary ?? null);
  const asks = step === 'review' && asksWhoIsNotified(kind, undoMode, undoes);
  const own = undoes?.undoes !== undefined && kind === 'undo' ? STEPS_OF_LOUD_UNDO : STEPS_OF[kind];
  const steps = (all ? STEPS_OF_ALL : own).map((id) => ({ id, label: LABELS[id] }));
  // A run that has begun cannot be decided anew; of all calendars, the review is made by its button.
  const open = step === 'run' || all ? [] : STEPS_OF[kind];
  return (
    <Page
      title={all ? BATCH_TITLES.restore : TITLES[kind]}
      {...(sub === null ? {} : { sub })}
      under={<Steps steps={steps} now={asks ? 'decide' : step} open={open} go={go} ended={step === 'run' && ended} />}
      foot={foot}
      fixed={fixed}
    >
      {children}
    </Page>
  );
}

function useSub(): string | null {
  const step = useFlow((state) => state.step);
  const origin = useFlow((state) => state.origin);
  const source = useSource((state) => state.source);
  const pick = useSource((state) => state.pick);
  const finding = useFind((state) => state.open) && step === 'choose';
  const comparing = useMissing((state) => state.open) && step === 'choose';
  const server = useServerName(origin?.server ?? '');
  if (origin !== null)
    return `${isolate(origin.calendar)} on ${isolate(server)} as ${actorName(origin)}, run of ${formatMoment(origin.startedAt, new Date())}`;
  if (finding) return 'Search several backups';
  if (comparing) return 'What went missing?';
  if (source === null) return null;
  if (pick !== null)
    return `${source.names[0] ?? ''} · only ${pick.title === '' ? 'one event' : `“${isolate(pick.title)}”`}`;
  const [first = '', ...others] = source.names;
  const names = others.length === 0 ? first : `${first} and ${plural(others.length, 'other')}`;
  return `${names} · ${plural(source.inspection.resources, 'event')}`;
}
