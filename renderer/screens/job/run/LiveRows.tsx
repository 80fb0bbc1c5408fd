import { memo, useState, type JSX } from 'react';
import type { JobEventOf, JobKind } from '../../../../shared/model/job.ts';
import { Chip } from '../../../components/Chip.tsx';
import { Tabs } from '../../../components/frame/Tabs.tsx';
import { useRun } from '../../../stores/job/run.ts';
import { daysHere, formatDuration, formatNumber, formatFileLine, shortPath } from '../../../words/format.ts';
import { outcomeWord } from '../../../words/bin.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import frame from '../../../components/frame/frame.module.css';
import styles from './run.module.css';

/** More do not fit into any window; the report has all. */
const SHOWN = 40;

type Tab = 'live' | 'failed' | 'waiting';

/** What happens now, newest first; what failed stays on its own tab and does not vanish by itself. */
export function LiveRows(): JSX.Element {
  const { job, recent, trouble, waiting } = useRun((state) => state.snapshot);
  const [tab, setTab] = useState<Tab>('live');
  return (
    <section className={classes(frame.fill, frame.live, parts.card)} aria-label="Events">
      <Tabs<Tab>
        label="Which events"
        now={tab}
        choose={setTab}
        tabs={[
          { id: 'live', label: 'Live' },
          {
            id: 'failed',
            label: `Needs attention ${formatNumber(trouble.length)}`,
            ...(trouble.length > 0 ? { tone: 'bad' as const } : {}),
          },
          { id: 'waiting', label: `Waiting ${formatNumber(waiting.length)}` },
        ]}
        aside={<span className="faint">{tab === 'live' ? 'newest first' : ''}</span>}
      >
        <ul className={styles.liveList} data-list tabIndex={0} aria-label="Events">
          {tab === 'live' && recent.slice(0, SHOWN).map((item) => <Item key={item.row} item={item} job={job} />)}
          {tab === 'failed' && trouble.map((item) => <Item key={item.row} item={item} job={job} />)}
          {tab === 'waiting' &&
            waiting.map((entry) => (
              <li key={entry.row ?? -1} className={styles.liveRow}>
                <Chip tone="warn">Waiting</Chip>
                <span className="ellipsis" dir="auto">
                  {titleOf(entry.title)}
                </span>
                <span className={classes(styles.said, 'dim')}>
                  {entry.reason}, again in {formatDuration(entry.seconds)}
                </span>
              </li>
            ))}
        </ul>
        {tab === 'failed' && trouble.length === 0 && (
          <p className={classes(styles.nothing, 'dim')}>Nothing failed, and nothing is in conflict so far.</p>
        )}
        {tab === 'waiting' && waiting.length === 0 && (
          <p className={classes(styles.nothing, 'dim')}>Nothing waits for the server.</p>
        )}
      </Tabs>
    </section>
  );
}

interface ItemProps {
  readonly item: JobEventOf<'item'>;
  readonly job: JobKind | null;
}

const Item = memo(function Item({ item, job }: ItemProps): JSX.Element | null {
  if (item.outcome === 'planned') return null;
  const { tone, label } = outcomeWord({ outcome: item.outcome, bin: item.bin }, job);
  return (
    <li className={styles.liveRow}>
      <Chip tone={tone}>{label}</Chip>
      <span className="ellipsis" dir="auto">
        {titleOf(item.title)}
      </span>
      <span className={classes(styles.said, !(tone === 'bad' || tone === 'warn') && 'dim')}>
        {saidOf(item, tone === 'bad' || tone === 'warn')}
      </span>
    </li>
  );
});

function saidOf(item: JobEventOf<'item'>, trouble: boolean): string {
  const answer = [
    item.status === undefined ? '' : String(item.status),
    item.ms === undefined ? '' : `${String(Math.round(item.ms))} ms`,
  ].filter((part) => part !== '');
  if (!trouble) return answer.join(' · ') || daysHere(item.reason);
  return [daysHere(item.reason), formatFileLine({ file: shortPath(item.file), line: item.line })]
    .filter((part) => part !== '')
    .join(' · ');
}

function titleOf(title: string): string {
  return title === '' ? 'without a title' : title;
}
