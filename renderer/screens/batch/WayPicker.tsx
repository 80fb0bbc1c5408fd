import { useState, type JSX } from 'react';
import { DEFAULT_TEMPLATE, LOGIN_WAYS } from '../../../shared/model/login.ts';
import type { ServerLogin } from '../../../shared/model/batch/mapping-view.ts';
import type { ServerInfo } from '../../../shared/model/server.ts';
import { ServerDialog } from '../../components/server/ServerDialog.tsx';
import { Explain } from '../../components/Explain.tsx';
import { useServers } from '../../stores/servers.ts';
import { WAY_WORDS } from '../../words/ways.ts';
import { classes } from '../../components/classes.ts';
import setup from '../../components/setup.module.css';
import fields from '../../components/fields.module.css';

const ADD = ' add';

/** The way that is kept with a server; each user's own password where none is. */
function wayInto(server: ServerInfo | undefined): Omit<ServerLogin, 'serverId'> {
  const { way = 'own', template = DEFAULT_TEMPLATE } = server?.admin ?? {};
  return { way: way === 'grant' ? 'own' : way, template };
}

interface WayPickerProps {
  readonly label: string;
  readonly way: ServerLogin | null;
  /** What to call no server; null where one must be chosen. */
  readonly none: string | null;
  readonly onChange: (way: ServerLogin | null) => void;
}

/** A server out of the list, and how one gets into the calendars of each user there. */
export function WayPicker({ label, way, none, onChange }: WayPickerProps): JSX.Element {
  const list = useServers((state) => state.list) ?? [];
  const [adding, setAdding] = useState(false);
  const choose = (serverId: string): void => {
    if (serverId === ADD) setAdding(true);
    else if (serverId === '') onChange(null);
    else onChange({ serverId, ...wayInto(list.find(({ id }) => id === serverId)) });
  };
  return (
    <div className={setup.setupLine}>
      <span className={setup.setupName}>{label}</span>
      <select
        className={classes(fields.select, fields.flat)}
        aria-label={label}
        value={way?.serverId ?? ''}
        onChange={(event) => {
          choose(event.currentTarget.value);
        }}
      >
        {way === null && none === null && <option value="">choose one…</option>}
        {none !== null && <option value="">{none}</option>}
        {list.map((server) => (
          <option key={server.id} value={server.id}>
            {server.name}
            {server.practice ? '' : `, ${server.user}`}
          </option>
        ))}
        <option value={ADD}>add a server…</option>
      </select>
      {way !== null && <How label={label} way={way} onChange={onChange} />}
      {adding && (
        <ServerDialog
          server={null}
          onClose={() => {
            setAdding(false);
          }}
          onDone={(account) => {
            setAdding(false);
            choose(account.server.id);
          }}
        />
      )}
    </div>
  );
}

function How(props: {
  readonly label: string;
  readonly way: ServerLogin;
  readonly onChange: (way: ServerLogin) => void;
}): JSX.Element {
  const { label, way, onChange } = props;
  return (
    <>
      <span className="dim">with</span>
      <select
        className={classes(fields.select, fields.flat)}
        aria-label={`Way into the ${label.toLowerCase()}`}
        value={way.way}
        onChange={(event) => {
          const found = LOGIN_WAYS.find((one) => one === event.currentTarget.value);
          if (found !== undefined) onChange({ ...way, way: found });
        }}
      >
        {LOGIN_WAYS.map((one) => (
          <option key={one} value={one}>
            {WAY_WORDS[one].label}
          </option>
        ))}
      </select>
      <Explain term={WAY_WORDS[way.way].label} means={WAY_WORDS[way.way].says} />
      {way.way === 'template' && (
        <input
          className={classes(fields.cellInput, fields.framed, fields.template)}
          aria-label="Login name made of both"
          spellCheck={false}
          value={way.template}
          onChange={(event) => {
            onChange({ ...way, template: event.currentTarget.value });
          }}
        />
      )}
    </>
  );
}
