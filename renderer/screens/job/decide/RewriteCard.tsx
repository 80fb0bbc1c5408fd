import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { REWRITE_OFFERS, type RewriteKey } from '../../../../shared/model/rewrites.ts';
import { useDraft } from '../../../stores/job/draft.ts';
import { plural } from '../../../words/format.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import fields from '../../../components/fields.module.css';

/** Changes of the events themselves, each offered only where the plan has events that want it. */
export function RewriteCard({ summary }: { readonly summary: PlanSummary | null }): JSX.Element | null {
  const { rewrites, change } = useDraft();
  const offers = REWRITE_OFFERS.map((offer) => ({ ...offer, count: countOf(summary, offer.key) })).filter(
    ({ key, count }) => count > 0 || rewrites.includes(key),
  );
  if (offers.length === 0) return null;
  return (
    <fieldset className={classes(parts.card, parts.padded, fields.across)}>
      <legend className={fields.float}>Changes of the events</legend>
      {offers.map(({ key, label, count }) => (
        <label className={classes(fields.clear, fields.choice)} key={key}>
          <input
            type="checkbox"
            checked={rewrites.includes(key)}
            onChange={(event) => {
              const others = rewrites.filter((one) => one !== key);
              change({ rewrites: event.currentTarget.checked ? [...others, key] : others });
            }}
          />
          <span className={fields.label}>
            {label} <span className={fields.hint}>{rewrites.includes(key) ? CHOSEN : wordsFor(key, count)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const CHOSEN = 'listed as a note at each event';

function countOf(summary: PlanSummary | null, key: RewriteKey): number {
  return (key === 'emailAlarms' ? summary?.alarms?.email : summary?.wants?.[key]) ?? 0;
}

function wordsFor(key: RewriteKey, count: number): string {
  const events = plural(count, 'event');
  switch (key) {
    case 'emailAlarms':
      return `${events} may send mail by alarm, whatever is chosen above`;
    case 'brokenLines':
      return `${events} refused otherwise; each line is shown with its event`;
    case 'cancellations':
      return `${events} left out otherwise`;
  }
}
