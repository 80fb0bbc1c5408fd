import { Button } from '@mantine/core';
import { IconLock, IconRefresh } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { CalendarInfo, ServerInfo } from '../../../../shared/model/server.ts';
import { BusyButton } from '../../../components/BusyButton.tsx';
import { FilterField, SEARCHED_FROM } from '../../../components/FilterField.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { ServerDialog } from '../../../components/server/ServerDialog.tsx';
import { Waiting } from '../../../components/Waiting.tsx';
import { useChosenAccount, useChosenKey } from '../../../stores/job/account.ts';
import { useDraft } from '../../../stores/job/draft.ts';
import { useServers } from '../../../stores/servers.ts';
import { hostOf, plural } from '../../../words/format.ts';
import { byName, holds } from '../../../words/order.ts';
import { NewCalendar } from './NewCalendar.tsx';

/** The calendars of the chosen account; what may not be written to is shown and cannot be chosen. */
export function CalendarList({ server }: { readonly server: ServerInfo | null }): JSX.Element {
  const key = useChosenKey();
  const forUser = useDraft((state) => state.forUser);
  const wantsUser = server?.admin !== undefined && forUser === null;
  const known = useChosenAccount();
  // Of an administrator without a user there is nothing to choose, and no place for a new calendar.
  const account = wantsUser ? undefined : known;
  const opening = useServers((state) => state.opening[key] === true);
  const failure = useServers((state) => state.failures[key]);
  const { open, cancel } = useServers.getState();
  const id = server?.id ?? '';
  return (
    <fieldset className="calendars" aria-busy={opening}>
      <legend>
        Calendar
        {typeof account?.product === 'string' && <span className="faint"> · {account.product}</span>}
      </legend>
      {server?.password === 'missing' ? (
        <MissingPassword server={server} />
      ) : (
        failure !== undefined && (
          <Notice failure={failure} action={{ label: 'Try again', run: () => void open(id, forUser) }} />
        )
      )}
      {opening && server !== null && (
        <Waiting
          what={`Connecting to ${hostOf(server.url)}`}
          cancel={() => {
            cancel({ id, forUser });
          }}
        />
      )}
      {wantsUser && <p className="dim">Choose a user first.</p>}
      {account !== undefined && (
        <>
          <div className="row wrap">
            <BusyButton
              size="xs"
              variant="subtle"
              busy={opening}
              leftSection={<IconRefresh size={14} aria-hidden />}
              onClick={() => void open(id, forUser)}
            >
              Refresh
            </BusyButton>
            <NewCalendar home={account.home} />
          </div>
          <Calendars key={key} calendars={account.calendars} />
        </>
      )}
      {account?.unseen?.map(({ href, reason }) => (
        <p key={href} className="small dim" role="note">
          Not seen: {href}. {reason}
        </p>
      ))}
    </fieldset>
  );
}

function Calendars({ calendars }: { readonly calendars: readonly CalendarInfo[] }): JSX.Element {
  const chosen = useDraft((state) => state.calendarUrl);
  const chooseCalendar = useDraft((state) => state.chooseCalendar);
  const [text, setText] = useState('');
  const shown = calendars.filter(({ name, description, url }) => holds(text, name, description, url)).toSorted(byName);
  if (calendars.length === 0) return <p className="dim">This account has no calendar yet.</p>;
  return (
    <>
      {calendars.length >= SEARCHED_FROM && <FilterField label="Search calendars" text={text} change={setText} />}
      <div className="pick-list">
        {shown.map((calendar) => (
          <CalendarChoice
            key={calendar.url}
            calendar={calendar}
            checked={calendar.url === chosen}
            choose={chooseCalendar}
          />
        ))}
        {shown.length === 0 && <p className="dim">No calendar matches.</p>}
      </div>
    </>
  );
}

interface CalendarChoiceProps {
  readonly calendar: CalendarInfo;
  readonly checked: boolean;
  readonly choose: (url: string) => void;
}

function CalendarChoice({ calendar, checked, choose }: CalendarChoiceProps): JSX.Element {
  const closed = calendar.writable === false;
  return (
    <label
      className={`pick ${checked ? 'on' : ''} ${closed ? 'off' : ''}`}
      title={[calendar.name, calendar.description ?? '', calendar.url].filter((one) => one !== '').join('\n')}
    >
      <input
        type="radio"
        className="radio"
        name="calendar"
        checked={checked}
        disabled={closed}
        onChange={() => {
          choose(calendar.url);
        }}
      />
      <span
        className="swatch"
        style={calendar.color === null ? {} : { background: calendar.color.slice(0, 7) }}
        aria-hidden
      />
      <span className="grow breaks">
        <span className="strong">{calendar.name}</span>
        {calendar.description !== null && <span className="dim"> {calendar.description}</span>}
      </span>
      {closed && (
        <span className="row small dim">
          <IconLock size={13} aria-hidden /> read-only
        </span>
      )}
      {calendar.objects !== null && <span className="small dim nowrap">{plural(calendar.objects, 'event')}</span>}
    </label>
  );
}

function MissingPassword({ server }: { readonly server: ServerInfo }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const open = useServers((state) => state.open);
  const forUser = useDraft((state) => state.forUser);
  const close = (): void => {
    setAsking(false);
  };
  return (
    <div className="row">
      <span className="dim">The password was not kept.</span>
      <Button
        size="xs"
        onClick={() => {
          setAsking(true);
        }}
      >
        Enter password…
      </Button>
      {asking && (
        <ServerDialog
          server={server}
          onClose={close}
          onDone={(account) => {
            close();
            if (account.forUser !== forUser) void open(server.id, forUser);
          }}
        />
      )}
    </div>
  );
}
