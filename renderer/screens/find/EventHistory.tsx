import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { FoundBackup, FoundEvent, Stretch } from '../../../shared/model/find.ts';
import { useFind } from '../../stores/find.ts';
import { stretchWords, versionNumber } from '../../words/find.ts';
import { toneOf } from './VersionStrip.tsx';
import { Unread, VersionCard } from './VersionCard.tsx';

interface TrailProps {
  readonly event: FoundEvent;
  readonly backups: readonly FoundBackup[];
}

/** What became of one event, newest backup first: each version, what differs from the one before, and the way back. */
export function Trail({ event, backups }: TrailProps): JSX.Element {
  const { openEvent, versions } = useFind();
  const { stretches, title, uid } = event;
  const now = new Date();
  const newest = stretches.findIndex(({ kind }) => kind === 'version');
  return (
    <section
      className="drawer"
      aria-label={`Versions of ${title === '' ? 'the event' : title}`}
      data-testid="trail"
      onKeyDown={(pressed) => {
        if (pressed.key === 'Escape') void openEvent(null);
      }}
    >
      <ActionIcon
        className="drawer-close"
        variant="subtle"
        color="gray"
        aria-label="Close the event"
        onClick={() => void openEvent(null)}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
      <div className="drawer-head">
        <h2>{title === '' ? 'Without a title' : title}</h2>
        <p className="small faint ellipsis" title={uid}>
          UID {uid}
        </p>
      </div>
      <ol className="scroll trail" tabIndex={0} aria-label="Newest backup first">
        {stretches.map((stretch, at) => {
          const { head, under } = stretchWords(event, at, backups, now);
          return (
            <li key={at} className="trail-item">
              <span className={`trail-mark ${toneOf(stretches, at)}`} aria-hidden>
                {markOf(stretches, at)}
              </span>
              <div className="trail-body">
                <h3>{head}</h3>
                {under !== '' && <p className="small dim">{under}</p>}
                {stretch.kind === 'version' && (
                  <VersionCard
                    version={stretch}
                    number={versionNumber(stretches, at)}
                    at={at}
                    detail={versions?.find((one) => one.stretch === at) ?? null}
                    first={at === newest}
                    asOf={head}
                  />
                )}
                {stretch.kind === 'unreadable' && <Unread unread={stretch.unread} />}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function markOf(stretches: readonly Stretch[], at: number): string {
  const kind = stretches[at]?.kind;
  if (kind === 'version') return String(versionNumber(stretches, at));
  return kind === 'unreadable' ? '!' : '';
}
