import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { VersionDetail, ReadableRange } from '../../../../shared/model/found/find.ts';
import type { Rejection } from '../../../../shared/model/found/inspection.ts';
import { Compared } from '../../../components/event/Compared.tsx';
import { EventCard } from '../../../components/event/EventCard.tsx';
import { FileLine } from '../../../components/event/FileLine.tsx';
import { useFind } from '../../../stores/find.ts';
import { comparedField } from '../../../words/event/event.ts';
import { plural } from '../../../words/format.ts';
import { isolate } from '../../../../shared/words/isolate.ts';
import { timeWords } from '../../../../shared/words/when.ts';
import partsStyles from '../../../components/parts.module.css';
import styles from './find.module.css';

interface VersionCardProps {
  readonly version: ReadableRange;
  /** The oldest is 1. */
  readonly number: number;
  /** Position among the event's stretches. */
  readonly at: number;
  /** Null while it is read. */
  readonly detail: VersionDetail | null;
  /** The version before; null for the oldest one, and while it is read. */
  readonly older: VersionDetail | null;
  /** The newest version: what most people want back. */
  readonly first: boolean;
  readonly asOf: string;
}

/** One version: what it says, what differs from the one before, and the way to get it back. */
export function VersionCard({ version, number, at, detail, older, first, asOf }: VersionCardProps): JSX.Element {
  const { restore, taking } = useFind();
  const [reading, setReading] = useState(false);
  return (
    <>
      <p className="small">{factWords(version)}</p>
      <Unread unread={version.unread} />
      {number > 1 && <Changes detail={detail} older={older} since={number - 1} />}
      <div className="row wrap">
        <Button
          size="xs"
          variant={first ? 'filled' : 'default'}
          loading={taking === at}
          aria-label={`Restore this version: ${asOf}`}
          onClick={() => void restore(at)}
        >
          Restore this version
        </Button>
        <Button
          size="xs"
          variant="subtle"
          aria-expanded={reading}
          onClick={() => {
            setReading(!reading);
          }}
        >
          {reading ? 'Hide details' : 'Details'}
        </Button>
        <span className="grow" />
        <span className="small faint">
          <FileLine file={version.file} line={version.line} />
        </span>
      </div>
      {reading && (
        <div role="region" aria-label={`Text of version ${String(number)}`}>
          {detail === null ? <p className="dim">Reading…</p> : <EventCard card={detail.card} />}
        </div>
      )}
    </>
  );
}

interface ChangesProps {
  readonly detail: VersionDetail | null;
  readonly older: VersionDetail | null;
  /** The number of the older version. */
  readonly since: number;
}

function Changes({ detail, older, since }: ChangesProps): JSX.Element {
  const changes = detail?.changes ?? [];
  return (
    <div className={styles.trailChanges}>
      <p className="small faint">{changesWords(detail, since)}</p>
      {changes.length > 0 && (
        <Compared
          before={`Version ${String(since)}`}
          after={`Version ${String(since + 1)}`}
          same="otherwise than before; read both texts"
          fields={changes.map((change) => comparedField(change, older?.card ?? null, detail?.card ?? null))}
        />
      )}
    </div>
  );
}

function changesWords(detail: VersionDetail | null, since: number): string {
  if (detail === null) return 'Comparing…';
  // It was away in between: nothing else parts two versions that mean the same.
  return detail.changes?.length === 0
    ? `Back again, the same as version ${String(since)}`
    : `Changed from version ${String(since)}`;
}

/** Parts of the event that cannot be restored, with the place to look at. */
export function Unread({ unread }: { readonly unread: readonly Rejection[] }): JSX.Element | null {
  if (unread.length === 0) return null;
  return (
    <ul className="small">
      {unread.map(({ file, line, reason }) => (
        <li key={`${file}:${String(line)}`} className={partsStyles.unclear}>
          Cannot be read: {reason} <FileLine file={file} line={line} />
        </li>
      ))}
    </ul>
  );
}

function factWords({ title, start, startsAt, tzid, location, organizer, guests, recurring }: ReadableRange): string {
  const time = { text: start ?? '', tzid, ...(startsAt === undefined ? {} : { at: startsAt }) };
  const when = start === null ? '' : timeWords(time).here;
  const parts = [
    title === '' ? 'Without a title' : isolate(title),
    recurring ? `${when}, series` : when,
    location === '' ? '' : isolate(location),
    organizer === null ? '' : `by ${isolate(organizer)}`,
    guests === 0 ? '' : plural(guests, 'guest'),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
