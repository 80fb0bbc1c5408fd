import type { JSX } from 'react';
import { useDraft } from '../../../stores/job/draft.ts';
import { POLICY_ORDER, POLICY_WORDS } from '../../../words/outcomes.ts';
import { Choice } from './Choice.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import fields from '../../../components/fields.module.css';

/** What to do with an event that is in the calendar already, with another meaning. */
export function ConflictCard(): JSX.Element {
  const { onConflict, change } = useDraft();
  return (
    <fieldset className={classes(parts.card, parts.padded)}>
      <legend className={fields.float}>If the event already exists</legend>
      <div className={fields.clear}>
        {POLICY_ORDER.map((policy) => (
          <Choice
            key={policy}
            name="conflict"
            label={POLICY_WORDS[policy].label}
            hint={POLICY_WORDS[policy].hint}
            checked={onConflict === policy}
            choose={() => {
              change({ onConflict: policy });
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
