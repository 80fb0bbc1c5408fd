import { IconArrowBackUp, IconShieldLock } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { BatchSummary } from '../../../shared/model/batch/batch.ts';
import { useApp } from '../../stores/app.ts';
import { useCleanupBatch } from '../../stores/batch/batch.ts';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { countBatchWrites, countRunning } from '../../words/batch.ts';
import { plural } from '../../words/format.ts';
import { useBatch } from '../batch/BatchContext.ts';
import { BatchReview, BatchReviewFoot } from '../batch/BatchReview.tsx';
import { CleanupPage } from './CleanupPage.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import acts from '../../components/acts.module.css';

/** How many events in how many calendars, who hears, and what becomes of the originals. */
export function CleanupReview(): JSX.Element {
  const { kind, origin, plan } = useCleanupBatch();
  const go = useNavigation((state) => state.goCleanup);
  const back = (): void => {
    if (origin === null) go('clusters');
    else useApp.getState().go('history');
  };
  return (
    <CleanupPage foot={<BatchReviewFoot back={back} backup={kind === 'cleanup'} />}>
      <BatchReview>
        {plan !== null &&
          (kind === 'cleanup' ? <Quarantine summary={plan.summary} /> : <Back summary={plan.summary} />)}
      </BatchReview>
    </CleanupPage>
  );
}

function Quarantine({ summary }: { readonly summary: BatchSummary }): JSX.Element {
  const members = useBatch((state) => state.plan?.members ?? []);
  return (
    <div className={acts.acts}>
      <section className={classes(acts.act, parts.card)} aria-label="Quarantine">
        <IconShieldLock size={20} stroke={1.7} aria-hidden />
        <div>
          <h2>
            {plural(countBatchWrites(summary), 'event')} removed from {plural(countRunning(members), 'calendar')}, into
            quarantine
          </h2>
          <p>Each original is saved and read again before it is deleted. No declines and no cancellations are sent.</p>
        </div>
      </section>
      <section className={classes(acts.act, acts.later, parts.card)} aria-label="Restore removed events">
        <IconArrowBackUp size={20} stroke={1.7} aria-hidden />
        <div>
          <h2>Restore removed events whenever you like</h2>
          <p>All of it or only what you pick, without messages, from the report or from History, days later too.</p>
        </div>
      </section>
    </div>
  );
}

function Back({ summary }: { readonly summary: BatchSummary }): JSX.Element {
  const members = useBatch((state) => state.plan?.members ?? []);
  return (
    <section className={classes(acts.act, parts.card)} aria-label="Restore removed events">
      <IconArrowBackUp size={20} stroke={1.7} aria-hidden />
      <div>
        <h2>
          {plural(countBatchWrites(summary), 'change')} undone in {plural(countRunning(members), 'calendar')}
        </h2>
        <p>Each event comes back as it was saved. What somebody changed since is left alone and named.</p>
      </div>
    </section>
  );
}
