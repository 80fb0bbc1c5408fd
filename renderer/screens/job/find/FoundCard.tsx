import { IconCalendarOff, IconCalendarSearch } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { FindResult } from '../../../../shared/model/found/find.ts';
import { EmptyState } from '../../../components/frame/EmptyState.tsx';
import { useFind } from '../../../stores/find.ts';
import { formatNumber, plural } from '../../../words/format.ts';
import { FindProblems } from './FindProblems.tsx';
import { FindProgress } from './FindProgress.tsx';
import { FoundEvents } from './FoundEvents.tsx';
import { classes } from '../../../components/classes.ts';
import partsStyles from '../../../components/parts.module.css';
import frame from '../../../components/frame/frame.module.css';

/** What was found: events on the left, the versions of the one that is open on the right. */
export function FoundCard(): JSX.Element {
  const { result, searching, searchId, answered, event: id } = useFind();
  const event = result?.events.find((one) => one.id === id) ?? null;
  return (
    <>
      {result !== null && <FindProblems backups={result.backups} />}
      <section
        className={classes(frame.fill, frame.review, partsStyles.card)}
        aria-label="What was found"
        aria-busy={searching}
        data-testid="found"
      >
        {searching && <FindProgress />}
        {!searching && result === null && (
          <EmptyState icon={<IconCalendarSearch size={32} stroke={1.5} aria-hidden />} title="What is missing?">
            Type words that you know of the event. All of them must stand in it, in any of the backups; capitals and
            accents do not matter.
          </EmptyState>
        )}
        {result?.events.length === 0 && (
          <EmptyState icon={<IconCalendarOff size={32} stroke={1.5} aria-hidden />} title="Not in these backups">
            {`No event in them has ${answered.includes(' ') ? 'all of the words' : 'the word'} “${answered}”. Try fewer or other words, or add older backups.`}
          </EmptyState>
        )}
        {result !== null && result.events.length > 0 && (
          <>
            <div className={frame.tools}>
              <span className="strong" role="status">
                {sumWords(result)}
              </span>
              <span className="small faint">oldest backup on the left</span>
            </div>
            <FoundEvents key={searchId} result={result} event={event} />
          </>
        )}
      </section>
    </>
  );
}

function sumWords({ events, more }: FindResult): string {
  const many = (state: string, word: string): string => {
    const count = events.filter((event) => event.state === state).length;
    return count === 0 ? '' : `${formatNumber(count)} ${word}`;
  };
  const parts = [
    many('lost', 'deleted'),
    many('unreadable', 'not readable'),
    many('changed', 'changed'),
    many('same', 'unchanged'),
  ];
  const found = `${plural(events.length, 'event')}: ${parts.filter((part) => part !== '').join(', ')}`;
  return more === 0 ? found : `${found}; ${formatNumber(more)} more fit, say more of it`;
}
