import { Checkbox } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { useCallback, useEffect, useState, type JSX } from 'react';
import type { Cluster, Match } from '../../../shared/model/batch/cleanup.ts';
import type { EventCard as Card } from '../../../shared/model/found/event-card.ts';
import { MATCH_COLUMNS, OWN_ORDER, type MatchOrder } from '../../../shared/model/found/list-order.ts';
import { call } from '../../bridge/client.ts';
import { EventCard } from '../../components/event/EventCard.tsx';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { nextSort } from '../../components/list/columns.ts';
import { DesktopList } from '../../components/list/DesktopList.tsx';
import { RowTick } from '../../components/list/ListRow.tsx';
import { ListTools } from '../../components/list/ListTools.tsx';
import type { MenuEntry } from '../../components/list/RowMenu.tsx';
import { begun, copies } from '../../components/list/useListMenu.tsx';
import { useMarking } from '../../components/list/useMarking.ts';
import { usePages } from '../../components/list/usePages.ts';
import { Drawer } from '../../components/frame/Drawer.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useCleanup } from '../../stores/batch/cleanup.ts';
import { useMatches } from '../../stores/job/matches.ts';
import { countIn, type Spans } from '../../stores/job/spans.ts';
import { plural, shortAddress } from '../../words/format.ts';
import { MATCH_LIST } from './match-columns.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import drawer from '../../components/frame/drawer.module.css';
import styles from './cleanup.module.css';

/** CSS pixels, for two lines. */
const ROW_HEIGHT = 46;

/** The events of one group, and the plain text of the one that is clicked: nothing of it is rendered or fetched. */
export function MatchList({ cluster }: { readonly cluster: Cluster | null }): JSX.Element | null {
  const searchId = useCleanup((state) => state.searchId);
  const openCluster = useCleanup((state) => state.openCluster);
  const failure = useMatches((state) => state.failure);
  const key = cluster?.key;
  useEffect(() => useMatches.getState().close, [searchId, key]);
  if (cluster === null || searchId === null) return null;
  const close = (): void => {
    openCluster(null);
  };
  return (
    <Drawer label={`Events of ${cluster.label}`} testId="matches" close={close}>
      <div className={drawer.head}>
        <h2 dir="auto">{cluster.label === '' ? 'without one' : cluster.label}</h2>
        <p className="small dim">
          {plural(cluster.matches, 'event')}, select those to be removed; click one to read it
        </p>
      </div>
      <div className={classes(styles.matches, drawer.body)}>
        {failure !== null && <Notice failure={failure} />}
        <Rows key={`${searchId} ${cluster.by} ${cluster.key}`} searchId={searchId} cluster={cluster} />
        <Preview />
      </div>
    </Drawer>
  );
}

function Preview(): JSX.Element | null {
  const { shown, text, close } = useMatches();
  if (shown === null) return null;
  return (
    <div className={styles.preview}>
      <div className="row small dim">
        <span className="grow">Links in it cannot be clicked</span>
        <button type="button" className={parts.link} onClick={close}>
          Close
        </button>
      </div>
      <div className={parts.scroll} tabIndex={0} role="region" aria-label="The event" data-testid="preview">
        {text === null ? <p className="dim">Reading…</p> : <Read card={text.card} raw={text.text} />}
      </div>
    </div>
  );
}

/** What it says, and below it the text as it stands. */
function Read({ card, raw }: { readonly card: Card | null; readonly raw: string }): JSX.Element {
  return (
    <>
      <EventCard card={card} />
      <details>
        <summary className="small dim">Raw text</summary>
        <pre className={parts.raw} dir="auto">
          {raw}
        </pre>
      </details>
    </>
  );
}

interface RowsProps {
  readonly searchId: string;
  readonly cluster: Cluster;
}

function Rows({ searchId, cluster }: RowsProps): JSX.Element {
  const { by, key, kept, matches } = cluster;
  const [order, setOrder] = useState<MatchOrder>(OWN_ORDER);
  const fetch = useCallback(
    (offset: number, limit: number) => call('cleanup.matches', { searchId, by, key, order, offset, limit }),
    [searchId, by, key, order],
  );
  const pages = usePages<Match>(fetch, matches);
  const { marking, mark, markAll, forget } = useMarking(pages.total);
  const { all, refresh } = pages;
  // A tick on the whole group changes its events.
  useEffect(() => {
    refresh();
  }, [kept, refresh]);
  const keep = useCallback(
    async (spans: Spans, to: boolean): Promise<void> => {
      const ids = (await all(spans)).map(({ id }) => id);
      await useCleanup.getState().keepMatches(ids, to);
    },
    [all],
  );
  const change = (next: MatchOrder): void => {
    forget();
    setOrder(next);
  };
  const { show, copyRaw } = useMatches.getState();
  return (
    <>
      <ListTools label="Find an event of the group" order={order} setOrder={change}>
        {countIn(marking.marks) > 1 && (
          <span className="small dim" role="status">
            {plural(countIn(marking.marks), 'event')} marked
          </span>
        )}
      </ListTools>
      {pages.failure !== null && <Notice failure={pages.failure} />}
      <DesktopList<Match>
        list="match"
        label="Events"
        columns={MATCH_LIST}
        total={pages.total}
        at={pages.at}
        need={pages.need}
        idOf={({ id }) => id}
        rowHeight={ROW_HEIGHT}
        sort={order.sort}
        sortBy={(column) => {
          const known = MATCH_COLUMNS.find((one) => one === column);
          if (known !== undefined) change({ ...order, sort: nextSort(order.sort, known) });
        }}
        marking={marking}
        mark={mark}
        markAll={markAll}
        onOpen={({ id }) => void show(searchId, id)}
        onClose={() => {
          useCleanup.getState().openCluster(null);
        }}
        onSpace={() => {
          const first = pages.at(marking.cursor);
          if (first !== undefined) void keep(marking.marks, !first.kept);
        }}
        ticks={{ all: <TickAll cluster={cluster} />, of: (match) => <Tick match={match} /> }}
        menuOf={(match, many) =>
          menuOf(match, {
            many,
            read: () => void show(searchId, match.id),
            copyRaw: () => void copyRaw(searchId, match.id),
            keep: (to) => void keep(marking.marks, to),
            only: order.organizer !== null ? null : (organizer) => change({ ...order, organizer }),
          })
        }
        nameOf={({ title }) => (title === '' ? 'this event' : title)}
        testId="match-grid"
        rowTestId="match"
        empty={
          <EmptyState icon={<IconSearchOff size={30} stroke={1.5} aria-hidden />} title="No event matches">
            Change the search to see others.
          </EmptyState>
        }
      />
    </>
  );
}

function TickAll({ cluster: { key, kept, matches } }: { readonly cluster: Cluster }): JSX.Element {
  return (
    <Checkbox
      aria-label="Remove all of this group"
      checked={kept === 0}
      indeterminate={kept > 0 && kept < matches}
      onChange={() => void useCleanup.getState().keepClusters([key], kept === 0)}
    />
  );
}

function Tick({ match: { id, title, mailbox, kept } }: { readonly match: Match }): JSX.Element {
  return (
    <RowTick
      label={`Remove ${title === '' ? 'without a title' : title} from ${mailbox}`}
      checked={!kept}
      onChange={(remove) => void useCleanup.getState().keepMatches([id], !remove)}
    />
  );
}

interface MenuOf {
  readonly many: boolean;
  readonly read: () => void;
  readonly copyRaw: () => void;
  readonly keep: (kept: boolean) => void;
  readonly only: ((organizer: string) => void) | null;
}

function menuOf(match: Match, { many, read, copyRaw, keep, only }: MenuOf): readonly MenuEntry[] {
  const { title, uid, organizer, mailbox, kept } = match;
  const these = many ? ' all marked events' : '';
  const deeds: MenuEntry[] = [];
  if (many || kept) deeds.push({ label: `Remove${these}`, run: () => keep(false) });
  if (many || !kept) deeds.push({ label: `Keep${these}`, run: () => keep(true) });
  return [
    { label: 'Read', run: read },
    ...begun(deeds),
    ...begun([
      ...copies('Copy title', title),
      ...copies('Copy UID', uid),
      ...(organizer === null ? [] : copies('Copy address of the organizer', shortAddress(organizer))),
      ...copies('Copy mailbox', mailbox),
      { label: 'Copy raw text', run: copyRaw },
    ]),
    ...(organizer === null || only === null
      ? []
      : [{ label: 'Show only this organizer', begins: true, run: () => only(organizer) }]),
  ];
}
