import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import type { ServerInfo } from '../../../../shared/model/server.ts';
import { Chip } from '../../../components/Chip.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { ServerDialog } from '../../../components/server/ServerDialog.tsx';
import { useDraft } from '../../../stores/job/draft.ts';
import { useServers } from '../../../stores/servers.ts';
import { CalendarList } from './CalendarList.tsx';

/** Where to: a server, then one of its calendars. */
export function TargetPicker(): JSX.Element {
  const { list, failure, load } = useServers();
  const serverId = useDraft((state) => state.serverId);
  const chooseServer = useDraft((state) => state.chooseServer);
  const [adding, setAdding] = useState(false);
  const first = list?.[0]?.id ?? null;
  useEffect(() => {
    if (serverId === null && first !== null) chooseServer(first);
  }, [serverId, first, chooseServer]);
  useEffect(() => {
    const { accounts, opening, open } = useServers.getState();
    if (serverId !== null && accounts[serverId] === undefined && opening[serverId] !== true) void open(serverId);
  }, [serverId]);
  return (
    <section className="card target" aria-label="Where to">
      <fieldset className="servers">
        <legend>Server</legend>
        {failure !== null && <Notice failure={failure} action={{ label: 'Try again', run: () => void load() }} />}
        {list?.map((server) => (
          <ServerChoice key={server.id} server={server} checked={server.id === serverId} choose={chooseServer} />
        ))}
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
      </fieldset>
      <CalendarList serverId={serverId} />
      {adding && (
        <ServerDialog
          server={null}
          onClose={() => {
            setAdding(false);
          }}
          onDone={(account) => {
            setAdding(false);
            chooseServer(account.server.id);
          }}
        />
      )}
    </section>
  );
}

interface ServerChoiceProps {
  readonly server: ServerInfo;
  readonly checked: boolean;
  readonly choose: (id: string) => void;
}

function ServerChoice({ server, checked, choose }: ServerChoiceProps): JSX.Element {
  return (
    <label className={checked ? 'pick on' : 'pick'}>
      <input
        type="radio"
        className="radio"
        name="server"
        checked={checked}
        onChange={() => {
          choose(server.id);
        }}
      />
      <span className="grow">
        <span className="row">
          <span className="strong ellipsis">{server.name}</span>
          {server.practice && <Chip tone="hush">practice</Chip>}
        </span>
        <span className="small dim ellipsis block">
          {server.practice ? 'Try everything; no mail leaves this computer' : server.user}
        </span>
      </span>
    </label>
  );
}
