import type { JSX } from 'react';
import { useDraft } from '../../../stores/job/draft.ts';
import { POLICY_ORDER, POLICY_WORDS } from '../../../words/outcomes.ts';
import { Choice } from './Choice.tsx';

/** What to do with an event that is in the calendar already, with another meaning. */
export function ConflictCard(): JSX.Element {
  const { onConflict, change } = useDraft();
  return (
    <fieldset className="card padded">
      <legend className="float">If the event already exists</legend>
      <div className="clear">
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
