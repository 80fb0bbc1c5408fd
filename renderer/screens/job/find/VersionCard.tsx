import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { VersionDetail, ReadableRange } from '../../../../shared/model/find.ts';
import type { Rejection } from '../../../../shared/model/inspection.ts';
import { FieldChange } from '../../../components/FieldChange.tsx';
import { Place } from '../../../components/server/Place.tsx';
import { useFind } from '../../../stores/find.ts';
import { formatStart, plural } from '../../../words/format.ts';

interface VersionCardProps {
  readonly version: ReadableRange;
  /** The oldest is 1. */
  readonly number: number;
  /** Position among the event's stretches. */
  readonly at: number;
  /** Null while it is read. */
  readonly detail: VersionDetail | null;
  /** The newest version: what most people want back. */
  readonly first: boolean;
  readonly asOf: string;
}

/** One version: what it says, what differs from the one before, and the way to get it back. */
export function VersionCard({ version, number, at, detail, first, asOf }: VersionCardProps): JSX.Element {
  const { restore, taking } = useFind();
  const [reading, setReading] = useState(false);
  return (
    <>
      <p className="small">{factWords(version)}</p>
      <Unread unread={version.unread} />
      {number > 1 && <Changes detail={detail} since={number - 1} />}
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
          <Place file={version.file} line={version.line} />
        </span>
      </div>
      {reading && (
        <pre className="raw" tabIndex={0} aria-label={`Text of version ${String(number)}`}>
          {detail?.lines.join('\n') ?? 'Reading…'}
        </pre>
      )}
    </>
  );
}

function Changes({ detail, since }: { readonly detail: VersionDetail | null; readonly since: number }): JSX.Element {
  const changes = detail?.changes ?? [];
  return (
    <div className="trail-changes">
      <p className="small faint">{changesWords(detail, since)}</p>
      {changes.length > 0 && (
        <dl className="facts difference">
          {changes.map(({ field, before, after }) => (
            <div key={field} className="fact">
              <dt>{field}</dt>
              <dd>
                <FieldChange before={before} after={after} same="otherwise than before; read both texts" />
              </dd>
            </div>
          ))}
        </dl>
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
        <li key={`${file}:${String(line)}`} className="unclear">
          Cannot be read: {reason} <Place file={file} line={line} />
        </li>
      ))}
    </ul>
  );
}

function factWords({ title, start, tzid, location, organizer, guests, recurring }: ReadableRange): string {
  const when = `${formatStart(start)}${tzid === null ? '' : ` ${tzid}`}`;
  const parts = [
    title === '' ? 'Without a title' : title,
    recurring ? `${when}, series` : when,
    location,
    organizer === null ? '' : `by ${organizer}`,
    guests === 0 ? '' : plural(guests, 'guest'),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
