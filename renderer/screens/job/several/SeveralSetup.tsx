import type { JSX } from 'react';
import { REWRITE_OFFERS } from '../../../../shared/model/rewrites.ts';
import { STANDARD_MODES } from '../../../../shared/model/scheduling.ts';
import { useSeveral } from '../../../stores/batch/several.ts';
import { MODE_WORDS } from '../../../words/modes.ts';
import { POLICY_ORDER, POLICY_WORDS } from '../../../words/outcomes.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import setup from '../../../components/setup.module.css';
import fields from '../../../components/fields.module.css';

/** What holds for every calendar: who is notified, what becomes of events that are there, which changes are made. */
export function SeveralSetup(): JSX.Element {
  const { mode, onConflict, rewrites, change } = useSeveral();
  return (
    <section className={classes(setup.setup, parts.card)} aria-label="For every calendar">
      <div className={setup.setupLine}>
        <label className={setup.setupName} htmlFor="several-mode">
          Notify
        </label>
        <select
          id="several-mode"
          className={classes(fields.select, fields.flat)}
          value={mode}
          onChange={(event) => {
            const next = STANDARD_MODES.find((one) => one === event.currentTarget.value);
            if (next !== undefined) change({ mode: next });
          }}
        >
          {STANDARD_MODES.map((one) => (
            <option key={one} value={one}>
              {MODE_WORDS[one].title}
            </option>
          ))}
        </select>
      </div>
      <div className={setup.setupLine}>
        <label className={setup.setupName} htmlFor="several-conflict">
          If it exists
        </label>
        <select
          id="several-conflict"
          className={classes(fields.select, fields.flat)}
          value={onConflict}
          onChange={(event) => {
            const next = POLICY_ORDER.find((one) => one === event.currentTarget.value);
            if (next !== undefined) change({ onConflict: next });
          }}
        >
          {POLICY_ORDER.map((one) => (
            <option key={one} value={one}>
              {POLICY_WORDS[one].label}, {POLICY_WORDS[one].hint}
            </option>
          ))}
        </select>
      </div>
      <div className={setup.setupLine} role="group" aria-labelledby="several-changes">
        <span className={setup.setupName} id="several-changes">
          Change
        </span>
        <div className="stack tight">
          {REWRITE_OFFERS.map(({ key, label }) => (
            <label className="row" key={key}>
              <input
                type="checkbox"
                checked={rewrites.includes(key)}
                onChange={(event) => {
                  const others = rewrites.filter((one) => one !== key);
                  change({ rewrites: event.currentTarget.checked ? [...others, key] : others });
                }}
              />
              <span>{label}</span>
            </label>
          ))}
        </div>
      </div>
    </section>
  );
}
