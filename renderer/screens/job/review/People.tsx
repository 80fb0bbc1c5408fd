import type { JSX } from 'react';
import type { PlanRow, PlanRowDetail } from '../../../../shared/model/plan.ts';
import { STANDARD_MODES } from '../../../../shared/model/scheduling.ts';
import { writes } from '../../../stores/job/rows.ts';
import { plural, shortAddress } from '../../../words/format.ts';
import { MODE_WORDS, modeNumbers } from '../../../words/modes.ts';
import { classes } from '../../../components/classes.ts';
import { FILL_OF } from '../../../components/outcome/fill-of.ts';
import fills from '../../../components/outcome/fills.module.css';
import parts from '../../../components/parts.module.css';

/** Who stands in the event, and who of them would hear of it in each mode. */
export function People({ detail }: { readonly detail: PlanRowDetail }): JSX.Element {
  const { recipients, row } = detail;
  const nobody = recipients.inside.length + recipients.outside.length === 0;
  return (
    <div className="stack">
      <p className="small dim">
        {row.organizer === null ? 'No organizer.' : `Organizer: ${shortAddress(row.organizer)}.`}{' '}
        {writes(row) && nameWords(row)}
      </p>
      {nobody && <p className="dim">{nobodyWords(row)}</p>}
      <Group title="Internal" tone="upd" people={recipients.inside} />
      <Group title="External" tone="warn" people={recipients.outside} />
      {!nobody && (
        <dl className={classes(parts.facts, parts.wide)}>
          {STANDARD_MODES.map((mode) => (
            <div key={mode} className={parts.fact}>
              <dt>{MODE_WORDS[mode].title}</dt>
              <dd>{modeNumbers(mode, recipients.perMode[mode])}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function nameWords({ actingAs }: PlanRow): string {
  if (actingAs === null) return 'The server decides on whose behalf it is written.';
  return `Written on behalf of ${shortAddress(actingAs)}.`;
}

function nobodyWords(row: PlanRow): string {
  if (!writes(row)) return 'This event is not written, so nobody is notified.';
  if (row.guests > 0) return 'Writing this event notifies nobody who is in it.';
  return 'Nobody else is in this event: nobody could be notified.';
}

interface GroupProps {
  readonly title: string;
  readonly tone: 'upd' | 'warn';
  readonly people: readonly string[];
}

function Group({ title, tone, people }: GroupProps): JSX.Element | null {
  if (people.length === 0) return null;
  return (
    <div>
      <h3>
        {title} <span className="faint">{plural(people.length, 'person', 'people')}</span>
      </h3>
      <ul className="small">
        {people.map((address) => (
          <li key={address} className="ellipsis">
            <i className={classes(fills.key, FILL_OF[tone])} /> {shortAddress(address)}
          </li>
        ))}
      </ul>
    </div>
  );
}
