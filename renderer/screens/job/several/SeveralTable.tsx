import { useCallback, useEffect, useMemo, useState, type JSX } from 'react';
import type { SeveralPlace } from '../../../../shared/ipc/several-routes.ts';
import type { AccountInfo, CalendarInfo } from '../../../../shared/model/server.ts';
import { calendarName } from '../../../../shared/text/display-names.ts';
import { classes } from '../../../components/classes.ts';
import { nextSort, type ListColumn } from '../../../components/list/columns.ts';
import { DesktopList } from '../../../components/list/DesktopList.tsx';
import type { MenuEntry } from '../../../components/list/RowMenu.tsx';
import { begun, copies } from '../../../components/list/useListMenu.tsx';
import { useMarking } from '../../../components/list/useMarking.ts';
import { Notice } from '../../../components/Notice.tsx';
import { Waiting } from '../../../components/Waiting.tsx';
import { LEAVE_OUT, MAKE_NEW, preselected, useSeveral, type PlacesOf } from '../../../stores/batch/several.ts';
import { holds } from '../../../stores/job/spans.ts';
import { plural } from '../../../words/format.ts';
import { byName } from '../../../words/event/order.ts';
import grid from '../../../components/list/grid.module.css';
import frame from '../../../components/frame/frame.module.css';
import fields from '../../../components/fields.module.css';
import styles from './several-table.module.css';

interface SeveralTableProps {
  readonly account: AccountInfo;
  readonly sourceId: string;
}

/** CSS pixels, for two lines. */
const ROW_HEIGHT = 56;
/** CSS pixels; more rows scroll. */
const MOST_HEIGHT = 400;
const HEAD_HEIGHT = 33;

/** Each calendar of the backup, and the one of the server into which it goes. */
export function SeveralTable({ account, sourceId }: SeveralTableProps): JSX.Element {
  const { places, chosen, loading, failure } = useSeveral();
  const load = useSeveral((state) => state.load);
  const [sort, setSort] = useState<PlaceSort | null>(null);
  /** As it was when it was asked for: a choice moves no row away from under the hand. */
  const [order, setOrder] = useState<readonly number[] | null>(null);
  useEffect(() => {
    void load(placesOf(account, sourceId));
  }, [load, account, sourceId]);
  const lines = useMemo(
    () =>
      (order?.length === places.length ? order : places.map((_, index) => index)).flatMap((index): PlaceLine[] => {
        const place = places[index];
        if (place === undefined) return [];
        const others = new Set(chosen.filter((_where, other) => other !== index));
        return [{ index, place, where: chosen[index] ?? LEAVE_OUT, others, calendars: account.calendars }];
      }),
    [places, order, chosen, account],
  );
  const { marking, mark, markAll, forget } = useMarking(lines.length);
  const at = useCallback((index: number) => lines[index], [lines]);
  const height = Math.min(MOST_HEIGHT, HEAD_HEIGHT + lines.length * ROW_HEIGHT);
  return (
    <>
      {failure !== null && (
        <Notice failure={failure} action={{ label: 'Try again', run: () => void load(placesOf(account, sourceId)) }} />
      )}
      {loading && <Waiting what="Looking where each calendar was" />}
      {places.length > 0 && (
        <div className={classes(frame.gridFrame, styles.frame)} style={{ height }}>
          <DesktopList<PlaceLine>
            list="several"
            label="Which calendar goes where"
            columns={COLUMNS}
            total={lines.length}
            at={at}
            idOf={({ index }) => index}
            rowHeight={ROW_HEIGHT}
            sort={sort}
            sortBy={(by) => {
              if (by !== 'name' && by !== 'place') return;
              const next = nextSort(sort, by);
              forget();
              setSort(next);
              setOrder(next === null ? null : orderOf(places, next));
            }}
            marking={marking}
            mark={mark}
            markAll={markAll}
            onOpen={() => undefined}
            onClose={() => {
              mark(marking.cursor, 'alone');
            }}
            menuOf={(line, many) => menuOf(many ? lines.filter((_, index) => holds(marking.marks, index)) : [line])}
            nameOf={({ place }) => place.name}
            rowClass={({ where }) => (where === LEAVE_OUT ? styles.off : '')}
            testId="several-table"
          />
        </div>
      )}
    </>
  );
}

interface PlaceLine {
  readonly index: number;
  readonly place: SeveralPlace;
  readonly where: string;
  /** Where other calendars of the backup go. */
  readonly others: ReadonlySet<string>;
  readonly calendars: readonly CalendarInfo[];
}

/** What can be done with a calendar of the backup, or with all that are marked. */
function menuOf(lines: readonly PlaceLine[]): readonly MenuEntry[] {
  const { choose } = useSeveral.getState();
  const all = lines.length > 1 ? ' all marked' : '';
  return [
    {
      label: `Put${all} back where ${lines.length > 1 ? 'each' : 'it'} came from`,
      run: () => {
        for (const { index, place } of lines) choose(index, preselected(place));
      },
    },
    {
      label: `Leave${all} out`,
      run: () => {
        for (const { index } of lines) choose(index, LEAVE_OUT);
      },
    },
    ...begun(
      copies(
        lines.length > 1 ? 'Copy names of all marked' : 'Copy name',
        lines.map(({ place }) => place.name).join('\n'),
      ),
    ),
  ];
}

type PlaceColumn = 'name' | 'place';
interface PlaceSort {
  readonly by: PlaceColumn;
  readonly descending: boolean;
}

const COLUMNS: readonly ListColumn<PlaceLine>[] = [
  {
    id: 'name',
    label: 'In the backup',
    width: 'minmax(110px, 0.7fr)',
    render: ({ place: { name, entries } }) => (
      <span className={grid.twoLines}>
        <bdi className="strong ellipsis">{name}</bdi>
        {entries !== null && <span className="small dim">{plural(entries, 'event')}</span>}
      </span>
    ),
  },
  {
    id: 'place',
    label: 'On the server',
    width: 'minmax(150px, 1fr)',
    rest: true,
    render: (line) => <Place line={line} />,
  },
];

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function orderOf(places: readonly SeveralPlace[], { by, descending }: PlaceSort): readonly number[] {
  const text = (at: number): string => (by === 'name' ? places[at]?.name : places[at]?.calendarName) ?? '';
  const way = descending ? -1 : 1;
  return places.map((_, at) => at).sort((a, b) => way * collator.compare(text(a), text(b)));
}

function placesOf({ server, forUser }: AccountInfo, sourceId: string): PlacesOf {
  return { sourceId, serverId: server.id, ...(forUser === null ? {} : { forUser }) };
}

type Option = Pick<CalendarInfo, 'name' | 'url' | 'writable'>;

/** The calendars as they were seen before, and the one that was found just now: it may be newer than they are. */
function withPlace(calendars: readonly Option[], place: SeveralPlace): readonly Option[] {
  const { placedBy, calendarUrl: url, calendarName: name } = place;
  if (placedBy === 'new' || calendars.some((calendar) => calendar.url === url)) return calendars;
  return [...calendars, { name, url, writable: null }];
}

function Place({ line }: { readonly line: PlaceLine }): JSX.Element {
  const { index, place, where, others, calendars } = line;
  const choose = useSeveral((state) => state.choose);
  const sorted = withPlace(calendars, place).toSorted(byName);
  return (
    <span className={classes(grid.twoLines, styles.place)}>
      <select
        className={classes(fields.select, fields.flat)}
        aria-label={`Where ${place.name} goes`}
        value={where}
        onChange={(event) => {
          choose(index, event.currentTarget.value);
        }}
      >
        {sorted.map((calendar) => (
          <option
            key={calendar.url}
            value={calendar.url}
            disabled={calendar.writable === false || others.has(calendar.url)}
          >
            {optionWords(calendar)}
          </option>
        ))}
        <option value={MAKE_NEW}>Make new: {place.name}</option>
        <option value={LEAVE_OUT}>Leave out</option>
      </select>
      <span className="small dim ellipsis">{howWords(place, where)}</span>
    </span>
  );
}

function optionWords({ name, url, writable }: Option): string {
  const shown = calendarName(name, url);
  return writable === false ? `${shown} (read-only)` : shown;
}

/** How it is known that it goes there. */
function howWords({ entries, placedBy, calendarUrl }: SeveralPlace, where: string): string {
  if (where === LEAVE_OUT) return entries === 0 ? 'empty in the backup' : 'stays in the backup';
  if (where === MAKE_NEW) return placedBy === 'new' ? 'none of this address or name is there' : 'a new calendar';
  if (where !== calendarUrl) return 'as you chose';
  return placedBy === 'address' ? 'where it came from' : 'the calendar of this name';
}
