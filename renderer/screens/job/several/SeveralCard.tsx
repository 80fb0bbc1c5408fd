import { IconCalendarEvent } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { SourceSet } from '../../../../shared/ipc/contract.ts';
import { useSeveral, useWantsAll } from '../../../stores/batch/several.ts';
import { plural } from '../../../words/format.ts';
import { Choice } from '../decide/Choice.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import fields from '../../../components/fields.module.css';
import styles from './several.module.css';

/** Of a backup of several calendars: whether one is restored, or all go back to where they were. */
export function SeveralCard({ source }: { readonly source: SourceSet }): JSX.Element {
  const { sourceId, calendars } = source;
  const all = useWantsAll();
  const wantAll = useSeveral((state) => state.wantAll);
  return (
    <fieldset className={classes(styles.severalCard, parts.card, parts.padded)} data-testid="several">
      <legend className={classes(fields.float, 'row')}>
        <IconCalendarEvent size={18} stroke={1.7} aria-hidden />
        This backup holds {plural(calendars, 'calendar')}
      </legend>
      <div className={fields.clear}>
        <Choice
          name="several"
          label="One calendar…"
          hint="everything goes into the calendar that you choose"
          checked={!all}
          choose={() => {
            wantAll(null);
          }}
        />
        <Choice
          name="several"
          label="All, each where it came from"
          hint="one review, one run, one report"
          checked={all}
          choose={() => {
            wantAll(sourceId);
          }}
        />
      </div>
    </fieldset>
  );
}
