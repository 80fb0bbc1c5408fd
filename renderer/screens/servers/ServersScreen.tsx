import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { ServerDialog } from '../../components/ServerDialog.tsx';
import { useApp } from '../../stores/app.ts';
import { useServers } from '../../stores/servers.ts';
import { ServerCard } from './ServerCard.tsx';

export function ServersScreen(): JSX.Element {
  const { list, failure, load } = useServers();
  const info = useApp((state) => state.info);
  const [adding, setAdding] = useState(false);
  const close = (): void => {
    setAdding(false);
  };
  useEffect(() => {
    void load();
  }, [load]);
  return (
    <div className="screen">
      <Page
        title="Servers"
        actions={
          <Button
            variant="filled"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => {
              setAdding(true);
            }}
          >
            Add a server…
          </Button>
        }
        under={
          <p className="lead">
            Calendar servers that speak CalDAV.{' '}
            {info?.secretStore === 'keychain'
              ? 'Passwords are kept in the keychain of this computer when you ask for it.'
              : `Passwords stay in memory until Hushcal closes. ${info?.secretStoreReason ?? ''}`}
          </p>
        }
      >
        {failure !== null && <Notice failure={failure} action={{ label: 'Try again', run: () => void load() }} />}
        {list?.map((server) => (
          <ServerCard key={server.id} server={server} />
        ))}
        {adding && <ServerDialog server={null} onClose={close} onDone={close} />}
      </Page>
    </div>
  );
}
