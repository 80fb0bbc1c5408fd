import { Button, Switch } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { ClusterBy } from '../../../shared/ipc/cleanup-routes.ts';
import type { Cluster, SearchResult } from '../../../shared/model/batch/cleanup.ts';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { Note, Notice } from '../../components/Notice.tsx';
import { Tabs } from '../../components/frame/Tabs.tsx';
import { planCleanup } from '../../stores/batch/cleanup-plan.ts';
import { countChosen, useCleanup } from '../../stores/batch/cleanup.ts';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { ClusterList } from './ClusterList.tsx';
import { CleanupPage } from './CleanupPage.tsx';
import { MatchList } from './MatchList.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import frame from '../../components/frame/frame.module.css';
import notice from '../../components/notice.module.css';
import styles from './cleanup.module.css';

const BY: readonly { readonly id: ClusterBy; readonly label: string }[] = [
  { id: 'organizer', label: 'Organizer' },
  { id: 'link', label: 'Where links lead' },
  { id: 'title', label: 'Title' },
  { id: 'text', label: 'Same text' },
];

/** What was found, as heaps of the same thing: one tick decides about all copies. */
export function ClustersStep(): JSX.Element {
  const { result, failure, by, setBy, key } = useCleanup();
  const clusters = result?.clusters.filter((cluster) => cluster.by === by) ?? [];
  return (
    <CleanupPage foot={<Foot />}>
      {failure !== null && <Notice failure={failure} />}
      {result !== null && <Problems result={result} />}
      {result !== null && result.own > 0 && <Own own={result.own} />}
      <section className={classes(frame.fill, frame.review, parts.card)} aria-label="What was found">
        {result === null || result.matches === 0 ? (
          <EmptyState icon={<IconMoodSmile size={32} stroke={1.5} aria-hidden />} title="Nothing found">
            {result === null
              ? 'Search first: choose calendars and rules in the step before.'
              : 'No event in these calendars fits the rules. Go back to widen them.'}
          </EmptyState>
        ) : (
          <Tabs<ClusterBy>
            label="Groups by"
            now={by}
            choose={setBy}
            aside={<Sum result={result} by={by} />}
            tabs={BY.map(({ id, label }) => ({
              id,
              label: `${label} ${formatNumber(result.clusters.filter((cluster) => cluster.by === id).length)}`,
            }))}
          >
            <div className={classes(frame.splitView, key !== null && frame.open, key !== null && frame.even)}>
              <div className={frame.gridFrame}>
                <ClusterList clusters={clusters} />
              </div>
              {key !== null && <MatchList cluster={find(clusters, key)} />}
            </div>
          </Tabs>
        )}
      </section>
    </CleanupPage>
  );
}

function find(clusters: readonly Cluster[], key: string): Cluster | null {
  return clusters.find((cluster) => cluster.key === key) ?? null;
}

function Sum({ result, by }: { readonly result: SearchResult; readonly by: ClusterBy }): JSX.Element {
  const chosen = countChosen(result, by);
  return (
    <span className={chosen === 0 ? 'dim' : 'strong'} role="status">
      {chosen === 0 ? 'Nothing selected yet' : `${formatNumber(chosen)} of ${plural(result.matches, 'event')} selected`}
    </span>
  );
}

function Problems({ result }: { readonly result: SearchResult }): JSX.Element | null {
  const { problems } = result;
  if (problems.length === 0) return null;
  return (
    <Note tone="warn">
      <div className={notice.what}>{plural(problems.length, 'calendar')} could not be searched.</div>
      {problems.slice(0, 3).map(({ place, message }) => (
        <div key={place} className={notice.said}>
          {place}: {message}
        </div>
      ))}
    </Note>
  );
}

function Own({ own }: { readonly own: number }): JSX.Element {
  const { includeOwn, setIncludeOwn } = useCleanup();
  return (
    <div className={includeOwn ? classes(notice.notice, notice.warn) : classes(notice.notice, notice.hush)}>
      <div className="grow">
        <div className={notice.what}>
          {includeOwn
            ? `${plural(own, 'event')} of the owners’ own will go, too, where selected.`
            : `${plural(own, 'event')} ${own === 1 ? 'is' : 'are'} protected: the owner of the mailbox organizes or accepted ${own === 1 ? 'it' : 'them'}.`}
        </div>
        <div className={notice.said}>Removing one’s own meeting takes it from everybody who is invited.</div>
      </div>
      <Switch
        className={styles.ownSwitch}
        label="Remove own ones, too"
        checked={includeOwn}
        onChange={(event) => {
          setIncludeOwn(event.currentTarget.checked);
        }}
      />
    </div>
  );
}

function Foot(): JSX.Element {
  const { result, by } = useCleanup();
  const go = useNavigation((state) => state.goCleanup);
  const chosen = result === null ? 0 : countChosen(result, by);
  return (
    <>
      <Button
        variant="subtle"
        onClick={() => {
          go('where');
        }}
      >
        Back
      </Button>
      <span className="grow" />
      <span className={frame.note}>
        {chosen === 0 ? 'Select a group to remove all its copies' : 'Nothing is deleted yet'}
      </span>
      <Button variant="filled" disabled={chosen === 0} onClick={() => void planCleanup()}>
        {chosen === 0 ? 'Review' : `Review ${plural(chosen, 'event')}`}
      </Button>
    </>
  );
}
