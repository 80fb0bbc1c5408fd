import { Button } from '@mantine/core';
import { IconLock, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
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
import { byName, holds } from '../../../words/event/order.ts';
import { SeveralTable } from '../several/SeveralTable.tsx';
import { NewCalendar } from './NewCalendar.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import fields from '../../../components/fields.module.css';
import styles from './choose.module.css';

interface CalendarListProps {
  readonly server: ServerInfo | null;
  /** The source all of whose calendars go back; null: one calendar is chosen. */
  readonly allOf: string | null;
}

/** The calendars of the chosen account; what may not be written to is shown and cannot be chosen. */
export function CalendarList({ server, allOf }: CalendarListProps): JSX.Element {
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
  useOnlyCalendar(allOf === null && !opening ? account?.calendars : undefined);
  return (
    <fieldset className={styles.calendars} aria-busy={opening}>
      <legend>
        {allOf === null ? 'Calendar' : 'Calendars'}
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
            {allOf === null && <NewCalendar home={account.home} />}
          </div>
          {allOf === null ? (
            <Calendars key={key} calendars={account.calendars} />
          ) : (
            <SeveralTable key={key} account={account} sourceId={allOf} />
          )}
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

/** Where one calendar alone can be restored into, it is chosen, until a person chooses or makes another. */
function useOnlyCalendar(calendars: readonly CalendarInfo[] = []): void {
  const { calendarUrl, chooseCalendar } = useDraft();
  const [only, ...others] = calendars.filter(({ writable }) => writable !== false);
  const url = others.length === 0 ? (only?.url ?? null) : null;
  useEffect(() => {
    if (calendarUrl === null && url !== null) chooseCalendar(url);
  }, [calendarUrl, url, chooseCalendar]);
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
      <div className={fields.pickList}>
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
      className={classes(fields.pick, checked && fields.on, closed && fields.off)}
      data-testid="calendar-choice"
      title={[calendar.name, calendar.description ?? '', calendar.url].filter((one) => one !== '').join('\n')}
    >
      <input
        type="radio"
        className={fields.radio}
        name="calendar"
        checked={checked}
        disabled={closed}
        onChange={() => {
          choose(calendar.url);
        }}
      />
      <span
        className={parts.swatch}
        style={calendar.color === null ? {} : { background: calendar.color.slice(0, 7) }}
        aria-hidden
      />
      <span className={classes(parts.breaks, 'grow')}>
        <span className="strong" data-testid="calendar-name">
          {calendar.name}
        </span>
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
