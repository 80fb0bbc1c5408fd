import { Button } from '@mantine/core';
import type { JSX } from 'react';
import type { PlanRowDetail } from '../../../../shared/model/plan.ts';
import { useRows } from '../../../stores/job/rows.ts';
import { AGAINST_WORDS, RESOLUTION_ORDER, RESOLUTION_WORDS, wordsFor } from '../../../words/resolutions.ts';
import parts from '../../../components/parts.module.css';
import drawer from '../../../components/frame/drawer.module.css';
import { formatNumber } from '../../../words/format.ts';

/** Backup and server differ: what a person wants of this one event. Pressing the chosen one again takes it back. */
export function Settle({ detail }: { readonly detail: PlanRowDetail }): JSX.Element | null {
  const resolve = useRows((state) => state.resolve);
  const { row, choices } = detail;
  const words = wordsFor(detail.against);
  if (choices.length === 0) return null;
  return (
    <div className={drawer.settle} data-testid="settle">
      <p className="small dim" role="status">
        {settleWords(detail)}
      </p>
      <div className="row wrap" role="group" aria-label="What to do with this event">
        {RESOLUTION_ORDER.filter((choice) => choices.includes(choice)).map((choice) => {
          const chosen = row.decided === choice;
          return (
            <Button
              key={choice}
              size="xs"
              variant={chosen ? 'filled' : 'default'}
              aria-pressed={chosen}
              title={words[choice].means}
              onClick={() => void resolve([row.id], chosen ? 'undecided' : choice)}
            >
              {words[choice].deed}
            </Button>
          );
        })}
      </div>
    </div>
  );
}

function settleWords({ row, choices, against }: PlanRowDetail): string {
  const words = wordsFor(against);
  if (row.decided !== undefined) return words[row.decided].decided;
  if (against !== undefined) return AGAINST_WORDS[against];
  if (!choices.includes('backup')) return 'It cannot be replaced safely. It is kept unless you choose otherwise.';
  if (row.action === 'conflict') return 'It is kept as it is on the server unless you choose otherwise.';
  return 'That is what you decided for all events; for this one you can choose otherwise.';
}

/** Settles all conflicts that the filter shows, or takes back what was settled. */
export function SettleAll(): JSX.Element | null {
  const { filter, numbers, resolve } = useRows();
  if (numbers === null) return null;
  if (filter.attention === 'decided' && numbers.matching > 0) {
    return (
      <span className="row" role="group" aria-label="What you settled">
        <button type="button" className={parts.link} onClick={() => void resolve(filter, 'undecided')}>
          Leave all of these undecided again
        </button>
      </span>
    );
  }
  const conflicts = filter.actions.length === 0 || filter.actions.includes('conflict') ? numbers.counts.conflict : 0;
  if (conflicts === 0) return null;
  return (
    <span className="row wrap" role="group" aria-label="All conflicts shown">
      <span>{conflicts === 1 ? 'The conflict' : `All ${formatNumber(conflicts)} conflicts`}:</span>
      {RESOLUTION_ORDER.filter((choice) => choice !== 'trash').map((choice) => (
        <button
          key={choice}
          type="button"
          className={parts.link}
          title={RESOLUTION_WORDS[choice].means}
          onClick={() => void resolve({ ...filter, actions: ['conflict'] }, choice)}
        >
          {RESOLUTION_WORDS[choice].deed}
        </button>
      ))}
    </span>
  );
}
