import type { JSX } from 'react';
import { useDraft } from '../../../stores/job/draft.ts';
import { Choice } from './Choice.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import fields from '../../../components/fields.module.css';
import styles from './decide.module.css';

/** How far back the restore goes. */
export function SinceCard(): JSX.Element {
  const { since, change } = useDraft();
  return (
    <fieldset className={classes(parts.card, parts.padded, fields.across)}>
      <legend className={fields.float}>Date range</legend>
      <div className={classes(fields.clear, styles.since)}>
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
                className={classes(fields.select, styles.dateField)}
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
