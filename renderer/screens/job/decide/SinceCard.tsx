import type { JSX } from 'react';
import { useDraft } from '../../../stores/job/draft.ts';
import { Choice } from './Choice.tsx';

/** How far back the restore goes. */
export function SinceCard(): JSX.Element {
  const { since, change } = useDraft();
  return (
    <fieldset className="card padded across">
      <legend className="float">Date range</legend>
      <div className="clear since">
        <Choice
          name="since"
          label="Everything"
          checked={since === null}
          choose={() => {
            change({ since: null });
          }}
        />
        <Choice
          name="since"
          label={
            <>
              Only what starts on or after{' '}
              <input
                type="date"
                className="select date-field"
                aria-label="First day to restore"
                value={since ?? ''}
                onChange={(event) => {
                  change({ since: event.currentTarget.value === '' ? null : event.currentTarget.value });
                }}
              />
            </>
          }
          hint="or still recurs then"
          checked={since !== null}
          choose={() => {
            change({ since: today() });
          }}
        />
      </div>
    </fieldset>
  );
}

function today(): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
