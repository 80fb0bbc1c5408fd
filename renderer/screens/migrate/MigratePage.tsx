import type { JSX, ReactNode } from 'react';
import { Page } from '../../components/frame/Page.tsx';
import { Steps } from '../../components/frame/Steps.tsx';
import { useMigrateBatch } from '../../stores/batch/batch.ts';
import { MIGRATE_STEPS, useNavigation, type MigrateStep } from '../../stores/batch/navigation.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { BATCH_TITLES } from '../../words/batch.ts';
import { formatMoment, plural } from '../../words/format.ts';
import frame from '../../components/frame/frame.module.css';

const LABELS: Readonly<Record<MigrateStep, string>> = {
  mapping: 'Mapping',
  check: 'Check',
  review: 'Review',
  run: 'Run',
};
const LATE: readonly MigrateStep[] = ['review', 'run'];

interface MigratePageProps {
  readonly foot: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every step of a migration. */
export function MigratePage({ foot, children }: MigratePageProps): JSX.Element {
  const ended = useMigrateBatch((state) => state.report !== null);
  const step = useNavigation((state) => state.migrate);
  const go = useNavigation((state) => state.goMigrate);
  const kind = useMigrateBatch((state) => state.kind);
  const origin = useMigrateBatch((state) => state.origin);
  const rows = useMapping((state) => state.view?.rows.length ?? 0);
  const name = useMapping((state) => state.view?.name ?? null);
  const late = kind !== 'migrate' || origin !== null;
  const steps = (late && LATE.includes(step) ? LATE : MIGRATE_STEPS).map((id) => ({ id, label: LABELS[id] }));
  const sub =
    origin !== null && LATE.includes(step)
      ? `${origin.kind === 'restore' ? 'restore' : 'migration'} of ${formatMoment(origin.startedAt, new Date())}`
      : rows === 0
        ? undefined
        : [name, plural(rows, 'row')].filter((part) => part !== null).join(' · ');
  // A report out of History is no step of a job.
  const looking = useMigrateBatch((state) => state.origin !== null && state.plan === null && state.report !== null);
  return (
    <Page
      fixed
      title={
        !LATE.includes(step)
          ? BATCH_TITLES.migrate
          : kind === 'undo'
            ? origin?.kind === 'restore'
              ? 'Undo a restore'
              : 'Undo a migration'
            : BATCH_TITLES[kind]
      }
      {...(sub === undefined ? {} : { sub })}
      under={
        looking ? (
          <div className={frame.underGap} />
        ) : (
          <Steps
            steps={steps}
            now={step}
            open={step === 'run' ? [] : steps.map(({ id }) => id)}
            go={go}
            ended={step === 'run' && ended}
          />
        )
      }
      foot={foot}
    >
      {children}
    </Page>
  );
}
