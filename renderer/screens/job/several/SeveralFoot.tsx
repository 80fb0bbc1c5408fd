import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { countTaken, planSeveral, useSeveral } from '../../../stores/batch/several.ts';
import { useChosenAccount } from '../../../stores/job/account.ts';
import { plural } from '../../../words/format.ts';
import frame from '../../../components/frame/frame.module.css';

/** The way to the review of all calendars. */
export function SeveralFoot({ empty, reading }: { readonly empty: boolean; readonly reading: boolean }): JSX.Element {
  const { placesId, chosen, loading, mode } = useSeveral();
  const account = useChosenAccount();
  const taken = countTaken(chosen);
  const missing = reading ? 'The backup is being read' : missingWords(empty, loading, placesId !== null, taken);
  return (
    <>
      <span className="grow" />
      <span className={frame.note}>
        {missing ??
          (mode === 'none' ? 'Nobody is notified; nothing has been written yet' : 'Nothing has been written yet')}
      </span>
      <Button
        variant="filled"
        disabled={missing !== null || account === undefined}
        onClick={() => {
          if (account !== undefined) void planSeveral(account);
        }}
      >
        {taken === 0 ? 'Review' : `Review ${plural(taken, 'calendar')}`}
      </Button>
    </>
  );
}

function missingWords(empty: boolean, loading: boolean, known: boolean, taken: number): string | null {
  if (empty) return 'There is no event in this backup that could be restored';
  if (loading) return 'Looking where each calendar was';
  if (!known) return 'Choose whose calendars to restore into';
  return taken === 0 ? 'Every calendar is left out' : null;
}
