import { Button } from '@mantine/core';
import { IconPlus, IconServer2 } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { FilterField, SEARCHED_FROM } from '../../components/FilterField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/frame/Page.tsx';
import { ServerDialog } from '../../components/server/ServerDialog.tsx';
import { useApp } from '../../stores/app.ts';
import { useServers } from '../../stores/servers.ts';
import { holds } from '../../words/event/order.ts';
import { ServerCard } from './ServerCard.tsx';
import parts from '../../components/parts.module.css';
import frame from '../../components/frame/frame.module.css';

export function ServersScreen(): JSX.Element {
  const { list, failure, load } = useServers();
  const info = useApp((state) => state.info);
  const [adding, setAdding] = useState(false);
  const [text, setText] = useState('');
  const shown = list?.filter(({ name, url, user }) => holds(text, name, url, user)) ?? [];
  const close = (): void => {
    setAdding(false);
  };
  useEffect(() => {
    void load();
  }, [load]);
  return (
    <div className={frame.screen}>
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
          <p className={frame.lead}>
            Calendar servers that speak CalDAV.{' '}
            {info?.secretStore === 'keychain'
              ? 'Passwords are kept in the keychain of this computer when you ask for it.'
              : (info?.secretStoreReason ?? '')}
          </p>
        }
      >
        {failure !== null && <Notice failure={failure} action={{ label: 'Try again', run: () => void load() }} />}
        {list !== null && list.length >= SEARCHED_FROM && (
          <FilterField label="Search servers" text={text} change={setText} />
        )}
        {shown.length === 0 && text !== '' && <p className="dim">No server matches.</p>}
        {shown.map((server) => (
          <ServerCard key={server.id} server={server} />
        ))}
        {list !== null && list.every((server) => server.practice) && (
          <div className={parts.card}>
            <EmptyState icon={<IconServer2 size={34} stroke={1.5} aria-hidden />} title="Add the server you look after">
              You need its address, a user and a password. Hushcal finds the calendars by itself, looks at what the
              server can do, and writes nothing before you have confirmed a plan. Until then, everything can be tried on
              the practice server.
            </EmptyState>
          </div>
        )}
        {adding && <ServerDialog server={null} onClose={close} onDone={close} />}
      </Page>
    </div>
  );
}
