import { Checkbox } from '@mantine/core';
import { useEffect, type JSX } from 'react';
import { Notice } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { useBackup, type BackupWhat } from '../../stores/backup.ts';
import { accountKey, firstUser, useServers } from '../../stores/servers.ts';
import { hostOf, plural } from '../../words/format.ts';
import { byName } from '../../words/event/order.ts';
import fields from '../../components/fields.module.css';

type OfServer = Extract<BackupWhat, { readonly kind: 'server' }>;

/** Whose calendars are copied, and which of them: all, unless a person says else. */
export function BackupChoice({ what }: { readonly what: OfServer }): JSX.Element {
  const { serverId, calendars } = what;
  const server = useServers((state) => state.list?.find(({ id }) => id === serverId));
  const forUser = what.forUser ?? firstUser(server);
  const key = accountKey(serverId, forUser);
  const account = useServers((state) => state.accounts[key]);
  const opening = useServers((state) => state.opening[key] === true);
  const failure = useServers((state) => state.failures[key]);
  const choose = useBackup((state) => state.choose);
  const canOpen = server !== undefined && server.password !== 'missing';
  useEffect(() => {
    const { accounts, opening: busy, open } = useServers.getState();
    if (canOpen && accounts[key] === undefined && busy[key] !== true) void open(serverId, forUser);
  }, [canOpen, key, serverId, forUser]);
  const all = (account?.calendars ?? []).toSorted(byName);
  const chosen = new Set(calendars ?? all.map(({ url }) => url));
  const of = forUser === null ? {} : { forUser };
  const set = (urls: ReadonlySet<string>): void => {
    choose({ ...of, calendars: urls.size === all.length ? null : [...urls] });
  };
  return (
    <fieldset className="stack tight" aria-busy={opening}>
      <legend className="small dim">Calendars</legend>
      {server?.admin !== undefined && (
        <select
          className={fields.select}
          aria-label="User"
          value={forUser ?? ''}
          onChange={(event) => {
            choose({ forUser: event.currentTarget.value, calendars: null });
          }}
        >
          {(server.users ?? []).map(({ user }) => (
            <option key={user}>{user}</option>
          ))}
        </select>
      )}
      {opening && account === undefined && <Waiting what={`Connecting to ${hostOf(server?.url ?? '')}`} />}
      {failure !== undefined && <Notice failure={failure} />}
      {all.length > 1 && (
        <Checkbox
          label={`All ${plural(all.length, 'calendar')}`}
          checked={chosen.size === all.length}
          indeterminate={chosen.size > 0 && chosen.size < all.length}
          onChange={(event) => {
            set(event.currentTarget.checked ? new Set(all.map(({ url }) => url)) : new Set());
          }}
        />
      )}
      <div className={fields.pickList}>
        {all.map(({ url, name }) => (
          <Checkbox
            key={url}
            label={name}
            title={url}
            checked={chosen.has(url)}
            onChange={(event) => {
              const next = new Set(chosen);
              if (event.currentTarget.checked) next.add(url);
              else next.delete(url);
              set(next);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
