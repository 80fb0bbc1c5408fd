import { Button, Checkbox } from '@mantine/core';
import { IconCalendarSearch } from '@tabler/icons-react';
import { useMemo, useRef, type JSX } from 'react';
import type { PlaceSet } from '../../../shared/ipc/cleanup-routes.ts';
import { BusyButton } from '../../components/BusyButton.tsx';
import { Chip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { Note } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { useListWindow } from '../../components/useListWindow.ts';
import { useCleanup, userList } from '../../stores/batch/cleanup.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { WayPicker } from '../batch/WayPicker.tsx';
import { classes } from '../../components/classes.ts';
import { isolate } from '../../../shared/words/isolate.ts';
import parts from '../../components/parts.module.css';
import setup from '../../components/setup.module.css';
import frame from '../../components/frame/frame.module.css';
import fields from '../../components/fields.module.css';
import styles from './cleanup.module.css';

/** Which calendars and inboxes are searched: of one user, of many, or of a whole mapping. */
export function PlacesCard(): JSX.Element {
  const { way, setWay, users, setUsers, findPlaces, takeMapping, opening, places, stop } = useCleanup();
  const mapping = useMapping((state) => state.view);
  const named = userList(users).length;
  const target = mapping?.setup.target ?? null;
  const mapped = mapping !== null && mapping.rows.length > 0 ? mapping : null;
  return (
    <section className={classes(frame.fill, frame.review, parts.card)} aria-label="Where to look">
      <div className={styles.placesHead}>
        <WayPicker
          label="Server"
          way={way}
          none={null}
          onChange={(next) => {
            if (next !== null) setWay(next);
          }}
        />
        <div className={setup.setupLine}>
          <label className={setup.setupName} htmlFor="cleanup-users">
            Users
          </label>
          <textarea
            id="cleanup-users"
            className={classes(fields.cellInput, fields.framed, fields.users)}
            rows={1}
            spellCheck={false}
            placeholder="anna, ben; empty: who logs in"
            value={users}
            onChange={(event) => {
              setUsers(event.currentTarget.value);
            }}
          />
          <BusyButton size="xs" busy={opening} onClick={() => void findPlaces()}>
            {named === 0 ? 'Find calendars' : `Find calendars of ${formatNumber(named)}`}
          </BusyButton>
          {mapped !== null && target !== null && (
            <Button size="xs" disabled={opening} onClick={() => void takeMapping(mapped.mappingId, target)}>
              All {formatNumber(mapped.rows.length)} of the mapping
            </Button>
          )}
        </div>
      </div>
      {opening && <Waiting what="Looking for calendars" cancel={() => void stop()} />}
      {places === null ? (
        <EmptyState icon={<IconCalendarSearch size={30} stroke={1.5} aria-hidden />} title="Where to look">
          Unwanted invitations lie in calendars and in the inboxes where invitations arrive. Look for them here, then
          deselect what is not to be searched.
        </EmptyState>
      ) : (
        <Places places={places} />
      )}
    </section>
  );
}

const ROW_HEIGHT = 34;

function Places({ places }: { readonly places: PlaceSet }): JSX.Element {
  const chosen = useCleanup((state) => state.chosen);
  const choosePlaces = useCleanup((state) => state.choosePlaces);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useListWindow(scroller, places.places.length, ROW_HEIGHT);
  const inboxes = useMemo(() => places.places.filter(({ inbox }) => inbox).map(({ id }) => id), [places]);
  const all = places.places.map(({ id }) => id);
  const chosenInboxes = inboxes.filter((id) => chosen.has(id)).length;
  return (
    <>
      {places.problems.length > 0 && (
        <Note tone="warn">
          {places.problems.slice(0, 3).map(({ mailbox, message }) => (
            <p key={mailbox}>
              <b>{mailbox}</b>: {message}
            </p>
          ))}
          {places.problems.length > 3 && <p>and {plural(places.problems.length - 3, 'other')}.</p>}
        </Note>
      )}
      <div className={classes(styles.placeRow, styles.head)}>
        <Checkbox
          label={`All ${plural(all.length, 'calendar')}`}
          checked={chosen.size === all.length && all.length > 0}
          indeterminate={chosen.size > 0 && chosen.size < all.length}
          onChange={() => {
            choosePlaces(all, chosen.size < all.length);
          }}
        />
        {inboxes.length > 0 && (
          <Checkbox
            label={`Inboxes, ${formatNumber(inboxes.length)}`}
            checked={chosenInboxes === inboxes.length}
            indeterminate={chosenInboxes > 0 && chosenInboxes < inboxes.length}
            onChange={() => {
              choosePlaces(inboxes, chosenInboxes < inboxes.length);
            }}
          />
        )}
      </div>
      <div
        className={classes(styles.placeList, parts.scroll)}
        data-list
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label="Calendars"
      >
        <ul style={{ height: list.height, position: 'relative' }}>
          {list.entries.map(({ index, top }) => {
            const place = places.places[index];
            return place === undefined ? null : (
              <li
                key={place.id}
                data-index={index}
                ref={list.measure}
                className={styles.placeRow}
                style={{ transform: `translateY(${String(top)}px)` }}
              >
                <Checkbox
                  label={`${isolate(place.mailbox)}: ${isolate(place.name)}`}
                  checked={chosen.has(place.id)}
                  onChange={(event) => {
                    choosePlaces([place.id], event.currentTarget.checked);
                  }}
                />
                {place.inbox && <Chip tone="upd">inbox</Chip>}
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}
