import type { JSX } from 'react';
import type { FoundBackup, FoundEvent, VersionRange } from '../../../../shared/model/found/find.ts';
import { Drawer } from '../../../components/frame/Drawer.tsx';
import { useFind } from '../../../stores/find.ts';
import { rangeWords, versionNumber } from '../../../words/find.ts';
import { toneOf } from './VersionStrip.tsx';
import { Unread, VersionCard } from './VersionCard.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import drawer from '../../../components/frame/drawer.module.css';
import styles from './find.module.css';

interface EventHistoryProps {
  readonly event: FoundEvent;
  readonly backups: readonly FoundBackup[];
}

/** What became of one event, newest backup first: each version, what differs from the one before, and the way back. */
export function EventHistory({ event, backups }: EventHistoryProps): JSX.Element {
  const { openEvent, versions } = useFind();
  const { ranges, title, uid } = event;
  const now = new Date();
  const newest = ranges.findIndex(({ kind }) => kind === 'version');
  return (
    <Drawer
      label={`Versions of ${title === '' ? 'the event' : title}`}
      testId="trail"
      closes="the event"
      close={() => void openEvent(null)}
    >
      <div className={drawer.head}>
        <h2 dir="auto">{title === '' ? 'Without a title' : title}</h2>
        <p className="small faint ellipsis" title={uid}>
          UID {uid}
        </p>
      </div>
      <ol className={classes(styles.trail, parts.scroll)} tabIndex={0} aria-label="Newest backup first">
        {ranges.map((range, at) => {
          const { head, under } = rangeWords(event, at, backups, now);
          return (
            <li key={at} className={styles.trailItem}>
              <span className={classes(styles.trailMark, toneOf(ranges, at))} aria-hidden>
                {markOf(ranges, at)}
              </span>
              <div className={styles.trailBody}>
                <h3>{head}</h3>
                {under !== '' && <p className="small dim">{under}</p>}
                {range.kind === 'version' && (
                  <VersionCard
                    version={range}
                    number={versionNumber(ranges, at)}
                    at={at}
                    detail={versions?.find((one) => one.range === at) ?? null}
                    older={versions?.find((one) => one.range > at) ?? null}
                    first={at === newest}
                    asOf={head}
                  />
                )}
                {range.kind === 'unreadable' && <Unread unread={range.unread} />}
              </div>
            </li>
          );
        })}
      </ol>
    </Drawer>
  );
}

function markOf(ranges: readonly VersionRange[], at: number): string {
  const kind = ranges[at]?.kind;
  if (kind === 'version') return String(versionNumber(ranges, at));
  return kind === 'unreadable' ? '!' : '';
}
