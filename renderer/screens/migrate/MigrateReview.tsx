import { Checkbox } from '@mantine/core';
import { IconMailForward, IconMoon } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { BatchSummary } from '../../../shared/model/batch/batch.ts';
import { useMigrateBatch } from '../../stores/batch/batch.ts';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { planMigration } from '../../stores/batch/migrate.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { useApp } from '../../stores/app.ts';
import { countBatchWrites, countRunning, notifiedOf } from '../../words/batch.ts';
import { plural } from '../../words/format.ts';
import { useBatch } from '../batch/BatchContext.ts';
import { BatchReview, BatchReviewFoot } from '../batch/BatchReview.tsx';
import { MigratePage } from './MigratePage.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import acts from '../../components/acts.module.css';

/** The plan in plain words: two acts with their numbers, then each mailbox. */
export function MigrateReview(): JSX.Element {
  const { kind, origin, plan } = useMigrateBatch();
  const go = useNavigation((state) => state.goMigrate);
  const back = (): void => {
    if (origin === null) go('check');
    else useApp.getState().go('history');
  };
  return (
    <MigratePage foot={<BatchReviewFoot back={back} backup={kind === 'migrate'} />}>
      <BatchReview>
        {plan !== null && kind === 'migrate' && <TwoActs summary={plan.summary} />}
        {plan !== null && kind === 'announce' && <StepTwo summary={plan.summary} />}
        {kind === 'migrate' && origin !== null && <Gone />}
      </BatchReview>
    </MigratePage>
  );
}

function TwoActs({ summary }: { readonly summary: BatchSummary }): JSX.Element {
  const members = useBatch((state) => state.plan?.members ?? []);
  const outside = summary.notified['external-only'];
  const now = notifiedOf(summary);
  return (
    <div className={acts.acts}>
      <section className={classes(acts.act, parts.card)} aria-label="Step 1">
        <IconMoon size={20} stroke={1.7} aria-hidden />
        <div>
          <h2>
            Step 1, now:{' '}
            {now.people === 0 ? 'nobody is notified' : `${plural(now.people, 'person', 'people')} notified`}
          </h2>
          <p>
            {plural(countRunning(members), 'calendar')} get {plural(countBatchWrites(summary), 'event')}. Each mailbox
            brings its own copies with the answers they hold.
          </p>
        </div>
      </section>
      <section className={classes(acts.act, acts.later, parts.card)} aria-label="Step 2">
        <IconMailForward size={20} stroke={1.7} aria-hidden />
        <div>
          <h2>Step 2, when you choose: {plural(outside.outside, 'external guest')}, once</h2>
          <p>
            {outside.messages === 0
              ? 'No external guest has a meeting to come: there is nobody to notify.'
              : 'Guests on other servers are notified only about meetings to come, from the mailbox that organizes them. Days later, if you like.'}
          </p>
        </div>
      </section>
    </div>
  );
}

function StepTwo({ summary }: { readonly summary: BatchSummary }): JSX.Element {
  const notified = notifiedOf(summary);
  return (
    <section className={classes(acts.act, acts.later, parts.card)} aria-label="Step 2">
      <IconMailForward size={20} stroke={1.7} aria-hidden />
      <div>
        <h2>
          {plural(notified.people, 'external guest')} {notified.people === 1 ? 'is' : 'are'} notified of{' '}
          {plural(countBatchWrites(summary), 'meeting')} to come, {plural(notified.messages, 'message')} in all
        </h2>
        <p>
          Only the mailbox that organizes a meeting notifies its guests. Colleagues are not notified. It happens once:
          what was announced is not offered again, and a message cannot be undone.
        </p>
      </div>
    </section>
  );
}

/** What was moved before and is gone from the old side since: asked for, never assumed. */
function Gone(): JSX.Element | null {
  const { origin } = useMigrateBatch();
  const deletes = useBatch((state) => state.plan?.summary.counts.delete ?? 0);
  const known = useMapping((state) => state.view !== null);
  if (!known) return null;
  return (
    <Checkbox
      label="Also remove what has gone from the source since"
      description="Otherwise these events stay on the target. They are listed either way."
      checked={deletes > 0}
      onChange={(event) => void planMigration(origin, event.currentTarget.checked)}
    />
  );
}
