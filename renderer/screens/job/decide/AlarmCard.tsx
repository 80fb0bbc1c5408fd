import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { useDraft } from '../../../stores/job/draft.ts';
import { plural } from '../../../words/format.ts';

/** Alarms tell people past every header: offered only where the plan has some that send e-mail. */
export function AlarmCard({ summary }: { readonly summary: PlanSummary | null }): JSX.Element | null {
  const { emailAlarms, change } = useDraft();
  const email = summary?.alarms?.email ?? 0;
  if (email === 0 && !emailAlarms) return null;
  return (
    <fieldset className="card padded across">
      <legend className="float">Alarms</legend>
      <label className="clear choice">
        <input
          type="checkbox"
          checked={emailAlarms}
          onChange={(event) => {
            change({ emailAlarms: event.currentTarget.checked });
          }}
        />
        <span className="label">
          Turn alarms that send e-mail into alarms that show a text{' '}
          <span className="hint">
            {emailAlarms
              ? 'listed as a repair at each event'
              : `${plural(email, 'event')} may send mail by alarm, whatever is chosen above`}
          </span>
        </span>
      </label>
    </fieldset>
  );
}
