import type { JSX, ReactNode } from 'react';
import type { Inspection } from '../../../../shared/model/found/inspection.ts';
import { Explain } from '../../../components/Explain.tsx';
import { formatBytes, formatDay, formatNumber, listWords, plural } from '../../../words/format.ts';
import { FindingGroups } from './FindingGroups.tsx';
import { Rejections } from './Rejections.tsx';
import { classes } from '../../../components/classes.ts';
import partsStyles from '../../../components/parts.module.css';
import styles from './choose.module.css';

/** What stands in the chosen backup, before any server is asked. */
export function SourceSummary({ inspection }: { readonly inspection: Inspection }): JSX.Element {
  const { rejected, findings } = inspection;
  return (
    <section
      className={classes(partsStyles.card, partsStyles.padded, 'stack')}
      aria-label="What is in the backup"
      data-testid="inspection"
    >
      <dl className={styles.figures}>
        <Figure name="Events" value={formatNumber(inspection.resources)}>
          {plural(inspection.files, 'file')}, {formatBytes(inspection.bytes)}
        </Figure>
        <Figure name="From – to" value={formatDay(inspection.from)}>
          {inspection.to === null ? 'no dates' : `to ${formatDay(inspection.to)}`}
        </Figure>
        <Figure
          name="Recurring"
          value={formatNumber(inspection.recurring)}
          explain="Events that repeat. A series and its changed instances are restored together."
        >
          repeat
        </Figure>
        <Figure
          name="With guests"
          value={formatNumber(inspection.withGuests)}
          explain="Meetings: writing them can make a server send mail."
        >
          could send mail
        </Figure>
        <Figure name="Past" value={formatNumber(inspection.past)} explain="They have taken place for the last time.">
          in the past
        </Figure>
        <Figure
          name="Unreadable"
          value={formatNumber(rejected.length)}
          bad={rejected.length > 0}
          explain="Items of the backup that no server could store. Each is named below, with file and line."
        >
          {rejected.length === 0 ? 'all can be read' : 'cannot be restored'}
        </Figure>
      </dl>
      <p className="small dim">{sumWords(inspection)}</p>
      {rejected.length > 0 && <Rejections rejected={rejected} />}
      {findings.length > 0 && <FindingGroups findings={findings} counts={inspection.findingCounts} />}
    </section>
  );
}

function sumWords(inspection: Inspection): string {
  const stored =
    inspection.components - inspection.duplicates - inspection.superseded.length - inspection.rejected.length;
  const parts = [`${formatNumber(inspection.resources)} ${nounOf(inspection)}`];
  const instances = stored - inspection.resources;
  if (instances > 0) parts.push(`${plural(instances, 'changed instance')} of them`);
  if (inspection.duplicates > 0) parts.push(plural(inspection.duplicates, 'duplicate'));
  if (inspection.superseded.length > 0)
    parts.push(`${formatNumber(inspection.superseded.length)} superseded by newer versions`);
  if (inspection.rejected.length > 0) parts.push(`${formatNumber(inspection.rejected.length)} unreadable`);
  if (Object.keys(inspection.byKind).length === 0) return 'Nothing in it could be read as a calendar.';
  return `${plural(inspection.components, 'item')} read: ${parts.join(', ')}.`;
}

/** What the backup holds, by its kinds: `events and tasks`. */
function nounOf({ byKind, resources }: Inspection): string {
  const nouns = Object.keys(byKind).map((kind) => NOUNS[kind] ?? ([kind, kind] as const));
  return listWords(nouns.map(([one, many]) => (resources === 1 ? one : many)));
}

const NOUNS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  VEVENT: ['event', 'events'],
  VTODO: ['task', 'tasks'],
  VJOURNAL: ['journal entry', 'journal entries'],
  VFREEBUSY: ['free-busy time', 'free-busy times'],
};

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly bad?: boolean;
  readonly explain?: string;
  readonly children: ReactNode;
}

function Figure({ name, value, bad = false, explain, children }: FigureProps): JSX.Element {
  return (
    <div className={classes(styles.figure, bad && styles.bad)}>
      <dt>
        {name}
        {explain !== undefined && <Explain term={name} means={explain} />}
      </dt>
      <dd>{value}</dd>
      <dd className={styles.under}>{children}</dd>
    </div>
  );
}
