import { useEffect, type JSX } from 'react';
import type { SeveralPlace } from '../../../../shared/ipc/several-routes.ts';
import type { AccountInfo, CalendarInfo } from '../../../../shared/model/server.ts';
import { calendarName } from '../../../../shared/text/display-names.ts';
import { Notice } from '../../../components/Notice.tsx';
import { Waiting } from '../../../components/Waiting.tsx';
import { LEAVE_OUT, MAKE_NEW, useSeveral, type PlacesOf } from '../../../stores/batch/several.ts';
import { plural } from '../../../words/format.ts';
import { byName } from '../../../words/order.ts';

interface SeveralTableProps {
  readonly account: AccountInfo;
  readonly sourceId: string;
}

/** Each calendar of the backup, and the one of the server into which it goes. */
export function SeveralTable({ account, sourceId }: SeveralTableProps): JSX.Element {
  const { places, loading, failure } = useSeveral();
  const load = useSeveral((state) => state.load);
  useEffect(() => {
    void load(placesOf(account, sourceId));
  }, [load, account, sourceId]);
  return (
    <>
      {failure !== null && (
        <Notice failure={failure} action={{ label: 'Try again', run: () => void load(placesOf(account, sourceId)) }} />
      )}
      {loading && <Waiting what="Looking where each calendar was" />}
      {places.length > 0 && (
        <table className="several-table" data-testid="several-table">
          <thead>
            <tr>
              <th scope="col">In the backup</th>
              <th scope="col">On the server</th>
            </tr>
          </thead>
          <tbody>
            {places.map((place, at) => (
              <PlaceRow key={at} at={at} place={place} calendars={account.calendars} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
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

interface PlaceRowProps {
  readonly at: number;
  readonly place: SeveralPlace;
  readonly calendars: readonly Option[];
}

function PlaceRow({ at, place, calendars }: PlaceRowProps): JSX.Element {
  const { name, entries } = place;
  const chosen = useSeveral((state) => state.chosen);
  const choose = useSeveral((state) => state.choose);
  const where = chosen[at] ?? LEAVE_OUT;
  const taken = new Set(chosen.filter((_where, other) => other !== at));
  const sorted = withPlace(calendars, place).toSorted(byName);
  return (
    <tr className={where === LEAVE_OUT ? 'off' : ''}>
      <th scope="row">
        <bdi className="breaks block">{name}</bdi>
        {entries !== null && <span className="small dim">{plural(entries, 'event')}</span>}
      </th>
      <td>
        <select
          className="select flat"
          aria-label={`Where ${name} goes`}
          value={where}
          onChange={(event) => {
            choose(at, event.currentTarget.value);
          }}
        >
          {sorted.map((calendar) => (
            <option
              key={calendar.url}
              value={calendar.url}
              disabled={calendar.writable === false || taken.has(calendar.url)}
            >
              {optionWords(calendar)}
            </option>
          ))}
          <option value={MAKE_NEW}>Make new: {name}</option>
          <option value={LEAVE_OUT}>Leave out</option>
        </select>
        <span className="small dim block">{howWords(place, where)}</span>
      </td>
    </tr>
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
