import { Button } from '@mantine/core';
import { IconLoader2, IconLock } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { CalendarInfo } from '../../../../shared/model/server.ts';
import { Notice } from '../../../components/Notice.tsx';
import { ServerDialog } from '../../../components/server/ServerDialog.tsx';
import { useDraft } from '../../../stores/job/draft.ts';
import { useServers } from '../../../stores/servers.ts';
import { plural } from '../../../words/format.ts';
import { NewCalendar } from './NewCalendar.tsx';

/** The calendars of the chosen server; what may not be written to is shown and cannot be chosen. */
export function CalendarList({ serverId }: { readonly serverId: string | null }): JSX.Element {
  const account = useServers((state) => state.accounts[serverId ?? '']);
  const opening = useServers((state) => state.opening[serverId ?? ''] === true);
  const failure = useServers((state) => state.failures[serverId ?? '']);
  const open = useServers((state) => state.open);
  const chosen = useDraft((state) => state.calendarUrl);
  const chooseCalendar = useDraft((state) => state.chooseCalendar);
  return (
    <fieldset className="calendars" aria-busy={opening}>
      <legend>
        Calendar
        {typeof account?.product === 'string' && <span className="faint"> · {account.product}</span>}
      </legend>
      {failure !== undefined && (
        <Notice failure={failure} action={{ label: 'Try again', run: () => void open(serverId ?? '') }} />
      )}
      <MissingPassword serverId={serverId} />
      {opening && account === undefined && (
        <p className="row dim" role="status">
          <IconLoader2 size={15} className="spin" aria-hidden /> Looking for calendars…
        </p>
      )}
      {account?.calendars.length === 0 && <p className="dim">This account has no calendar yet.</p>}
      {account?.calendars.map((calendar) => (
        <CalendarChoice
          key={calendar.url}
          calendar={calendar}
          checked={calendar.url === chosen}
          choose={chooseCalendar}
        />
      ))}
      {account?.unseen?.map(({ href, reason }) => (
        <p key={href} className="small dim" role="note">
          Not seen: {href}. {reason}
        </p>
      ))}
      {account !== undefined && <NewCalendar home={account.home} />}
    </fieldset>
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
    <label className={`pick ${checked ? 'on' : ''} ${closed ? 'off' : ''}`}>
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
      <span className="grow ellipsis">
        <span className="strong">{calendar.name}</span>
        {calendar.description !== null && <span className="dim"> {calendar.description}</span>}
      </span>
      {closed && (
        <span className="row small dim">
          <IconLock size={13} aria-hidden /> read-only
        </span>
      )}
      {calendar.objects !== null && <span className="small dim">{plural(calendar.objects, 'event')}</span>}
    </label>
  );
}

function MissingPassword({ serverId }: { readonly serverId: string | null }): JSX.Element | null {
  const server = useServers((state) => state.list?.find((entry) => entry.id === serverId));
  const [asking, setAsking] = useState(false);
  const close = (): void => {
    setAsking(false);
  };
  if (server?.password !== 'missing') return null;
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
      {asking && <ServerDialog server={server} onClose={close} onDone={close} />}
    </div>
  );
}
