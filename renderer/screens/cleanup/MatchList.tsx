import { ActionIcon, Checkbox } from '@mantine/core';
import { IconRepeat, IconX } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type JSX } from 'react';
import type { EventCard as Card } from '../../../shared/model/event-card.ts';
import type { Cluster, Match } from '../../../shared/model/cleanup.ts';
import { EventCard } from '../../components/event/EventCard.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useCleanup } from '../../stores/batch/cleanup.ts';
import { matchAt, useMatches } from '../../stores/job/matches.ts';
import { formatStart, plural } from '../../words/format.ts';

/** CSS pixels; must agree with `.match` in the styles. */
const ROW_HEIGHT = 44;

/** The events of one heap, and the plain text of the one that is clicked: nothing of it is rendered or fetched. */
export function MatchList({ cluster }: { readonly cluster: Cluster | null }): JSX.Element | null {
  const searchId = useCleanup((state) => state.searchId);
  const openCluster = useCleanup((state) => state.openCluster);
  const { open, of, failure, shown, text, show } = useMatches();
  const by = cluster?.by;
  const key = cluster?.key;
  useEffect(() => {
    if (searchId !== null && by !== undefined && key !== undefined) open(searchId, by, key);
  }, [searchId, by, key, open]);
  // A tick on the whole heap changes its events.
  const kept = cluster?.kept;
  useEffect(() => {
    void useMatches.getState().refresh();
  }, [kept]);
  if (cluster === null) return null;
  const close = (): void => {
    openCluster(null);
  };
  return (
    <section
      className="drawer"
      aria-label={`Events of ${cluster.label}`}
      data-testid="matches"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <ActionIcon className="drawer-close" variant="subtle" color="gray" aria-label="Close" onClick={close}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
      <div className="drawer-head">
        <h2 dir="auto">{cluster.label === '' ? 'without one' : cluster.label}</h2>
        <p className="small dim">{plural(of, 'event')}, tick those to be removed; click one to read it</p>
      </div>
      <div className="drawer-body">
        {failure !== null && <Notice failure={failure} />}
        <Rows />
        {shown !== null && (
          <div className="preview">
            <div className="row small dim">
              <span className="grow">Links in it cannot be clicked</span>
              <button type="button" className="link" onClick={() => void show(null)}>
                Close
              </button>
            </div>
            <div className="scroll" tabIndex={0} role="region" aria-label="The event" data-testid="preview">
              {text === null ? <p className="dim">Reading…</p> : <Read card={text.card} raw={text.text} />}
            </div>
          </div>
        )}
      </div>
    </section>
  );
}

/** What it says, and below it the text as it stands. */
function Read({ card, raw }: { readonly card: Card | null; readonly raw: string }): JSX.Element {
  return (
    <>
      <EventCard card={card} />
      <details className="raw-below">
        <summary className="small dim">Raw text</summary>
        <pre className="raw" dir="auto">
          {raw}
        </pre>
      </details>
    </>
  );
}

function Rows(): JSX.Element {
  const { rows, of, need, shown, show } = useMatches();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: of,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const entries = virtual.getVirtualItems();
  const first = entries[0]?.index ?? 0;
  const last = entries.at(-1)?.index ?? 0;
  useEffect(() => {
    if (of > 0) need(first, last);
  }, [first, last, of, need]);
  return (
    <div className="scroll plan-lines" ref={scroller} tabIndex={0} role="region" aria-label="Events">
      <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {entries.map(({ index, start }) => {
          const row = matchAt(rows, index);
          return (
            <li
              key={index}
              className={shown !== null && row?.id === shown ? 'match current' : 'match'}
              style={{ transform: `translateY(${String(start)}px)` }}
            >
              {row === undefined ? <span className="ghost" /> : <Row row={row} show={show} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Row({ row, show }: { readonly row: Match; readonly show: (id: number) => Promise<void> }): JSX.Element {
  const { keepMatches } = useCleanup.getState();
  const title = row.title === '' ? 'without a title' : row.title;
  const keep = async (kept: boolean): Promise<void> => {
    await keepMatches([row.id], kept);
    await useMatches.getState().refresh();
  };
  return (
    <>
      <Checkbox
        aria-label={`Remove ${title} from ${row.mailbox}`}
        checked={!row.kept}
        onChange={(event) => void keep(!event.currentTarget.checked)}
      />
      <button type="button" className="match-open" onClick={() => void show(row.id)}>
        <span className="row">
          <span className="visually-hidden">Read </span>
          <span className="ellipsis" dir="auto">
            {title}
          </span>
          {row.recurring && <IconRepeat size={13} className="mark" aria-label="series" />}
          {row.own !== 'no' && <Chip tone="hush">{row.own === 'organizer' ? 'organizes' : 'accepted'}</Chip>}
        </span>
        <span className="small dim ellipsis">
          {row.mailbox}, {row.calendar} · {formatStart(row.start, row.startsAt)}
        </span>
      </button>
    </>
  );
}
