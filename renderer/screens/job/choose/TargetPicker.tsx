import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import type { ServerInfo } from '../../../../shared/model/server.ts';
import { Chip } from '../../../components/Chip.tsx';
import { FilterField, SEARCHED_FROM } from '../../../components/FilterField.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { ServerDialog } from '../../../components/server/ServerDialog.tsx';
import { UserSearch } from '../../../components/server/UserSearch.tsx';
import { useDraft } from '../../../stores/job/draft.ts';
import { accountKey, firstUser, useServers } from '../../../stores/servers.ts';
import { hostOf } from '../../../words/format.ts';
import { holds } from '../../../words/event/order.ts';
import { CalendarList } from './CalendarList.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import fields from '../../../components/fields.module.css';
import styles from './choose.module.css';

/**
 * Where to: a server, one of its users where an administrator logs in, then one of the calendars, or with `allOf` a calendar
 * for each one of that source.
 */
export function TargetPicker({ allOf = null }: { readonly allOf?: string | null }): JSX.Element {
  const list = useServers((state) => state.list);
  const { serverId, forUser, chooseServer } = useDraft();
  const first = list?.[0]?.id ?? null;
  const server = list?.find(({ id }) => id === serverId);
  useEffect(() => {
    if (serverId === null && first !== null) chooseServer(first);
  }, [serverId, first, chooseServer]);
  const canOpen =
    server !== undefined && server.password !== 'missing' && !(server.admin !== undefined && forUser === null);
  useEffect(() => {
    const { accounts, opening, open } = useServers.getState();
    const key = accountKey(serverId ?? '', forUser);
    if (canOpen && serverId !== null && accounts[key] === undefined && opening[key] !== true)
      void open(serverId, forUser);
  }, [canOpen, serverId, forUser]);
  return (
    <section className={classes(styles.target, parts.card)} aria-label="Where to">
      <div className={styles.targetColumn}>
        <ServerList />
        {server?.admin !== undefined && (
          <fieldset>
            <legend>User</legend>
            <UserSearch
              key={server.id}
              server={server}
              chosen={forUser}
              choose={(user) => {
                chooseServer(server.id, user);
              }}
            />
          </fieldset>
        )}
      </div>
      <CalendarList server={server ?? null} allOf={allOf} />
    </section>
  );
}

function ServerList(): JSX.Element {
  const { list, failure, load } = useServers();
  const { serverId, chooseServer } = useDraft();
  const [text, setText] = useState('');
  const [adding, setAdding] = useState(false);
  const shown = list?.filter(({ name, url, user }) => holds(text, name, url, user)) ?? [];
  return (
    <fieldset>
      <legend>Server</legend>
      {failure !== null && <Notice failure={failure} action={{ label: 'Try again', run: () => void load() }} />}
      {list !== null && list.length >= SEARCHED_FROM && (
        <FilterField label="Search servers" text={text} change={setText} />
      )}
      <div className={fields.pickList}>
        {shown.map((server) => (
          <ServerChoice
            key={server.id}
            server={server}
            checked={server.id === serverId}
            choose={() => {
              chooseServer(server.id, firstUser(server));
            }}
          />
        ))}
        {shown.length === 0 && text !== '' && <p className="dim">No server matches.</p>}
      </div>
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => {
          setAdding(true);
        }}
      >
        Add a server…
      </Button>
      {adding && (
        <ServerDialog
          server={null}
          onClose={() => {
            setAdding(false);
          }}
          onDone={({ server, forUser }) => {
            setAdding(false);
            chooseServer(server.id, forUser);
          }}
        />
      )}
    </fieldset>
  );
}

interface ServerChoiceProps {
  readonly server: ServerInfo;
  readonly checked: boolean;
  readonly choose: () => void;
}

function ServerChoice({ server, checked, choose }: ServerChoiceProps): JSX.Element {
  return (
    <label className={classes(fields.pick, checked && fields.on)} title={`${server.name}\n${server.url}`}>
      <input type="radio" className={fields.radio} name="server" checked={checked} onChange={choose} />
      <span className="grow">
        <span className="row">
          <span className={classes(parts.breaks, 'strong')}>{server.name}</span>
          {server.practice && <Chip tone="hush">practice</Chip>}
        </span>
        <span className={classes(parts.breaks, parts.block, 'small dim')}>
          {server.practice ? 'Try everything; no mail leaves this computer' : `${server.user} · ${hostOf(server.url)}`}
        </span>
      </span>
    </label>
  );
}
