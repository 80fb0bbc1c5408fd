import { Button, Switch } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { AccountInfo, ServerInfo } from '../../../shared/model/server.ts';
import { Chip } from '../../components/Chip.tsx';
import { Confirm } from '../../components/Confirm.tsx';
import { Explain } from '../../components/Explain.tsx';
import { Notice } from '../../components/Notice.tsx';
import { draftOf, networkInput, trusting } from '../../components/server/Connection.tsx';
import { BusyButton } from '../../components/BusyButton.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { ShownCertificate } from '../../components/server/ShownCertificate.tsx';
import { ServerDialog } from '../../components/server/ServerDialog.tsx';
import { useFlow } from '../../stores/job/flow.ts';
import { useBackup } from '../../stores/backup.ts';
import { accountKey, firstUser, useServers } from '../../stores/servers.ts';
import { UsersLine } from './UsersLine.tsx';
import { hostOf, plural, shortAddress } from '../../words/format.ts';
import { ASSUMPTION_WORDS } from '../../words/modes.ts';
import { classes } from '../../components/classes.ts';
import { isolate } from '../../../shared/words/isolate.ts';
import parts from '../../components/parts.module.css';
import styles from './servers.module.css';

/** One server: what it is, what stands on it, what is taken for granted about it. */
export function ServerCard({ server }: { readonly server: ServerInfo }): JSX.Element {
  const forUser = firstUser(server);
  const key = accountKey(server.id, forUser);
  const account = useServers((state) => state.accounts[key]);
  const failure = useServers((state) => state.failures[key] ?? state.failures[server.id]);
  const opening = useServers((state) => state.opening[key] === true);
  const { open, setNetwork, cancel } = useServers.getState();
  return (
    <section
      className={classes(styles.serverCard, parts.card, 'stack')}
      aria-label={server.name}
      data-testid="server-card"
    >
      <div className="row wrap">
        <h2 className={parts.breaks} title={server.url}>
          {server.name}
        </h2>
        {server.practice ? <Chip tone="hush">practice</Chip> : <PasswordChip server={server} />}
        {server.proxyPassword === 'missing' && <Chip tone="warn">password of the proxy needed</Chip>}
        <span className="grow" />
        {server.password !== 'missing' && (
          <BusyButton size="xs" busy={opening} onClick={() => void open(server.id)}>
            {account === undefined ? 'Find calendars' : 'Refresh'}
          </BusyButton>
        )}
        <BackUpButton server={server} />
        {!server.practice && <ServerActions server={server} />}
      </div>
      {opening && (
        <Waiting
          what={`Connecting to ${hostOf(server.url)}`}
          cancel={() => {
            cancel({ id: server.id, forUser });
          }}
        />
      )}
      {failure !== undefined && <Notice failure={failure} />}
      {failure !== undefined && (
        <ShownCertificate
          failure={failure}
          busy={opening}
          trust={(host, sha256) =>
            void setNetwork(server.id, networkInput(trusting(draftOf(server.network), host, sha256)))
          }
        />
      )}
      <dl className={classes(parts.facts, parts.wide)}>
        <dt>Address</dt>
        <dd>{server.url}</dd>
        <dt>User</dt>
        <dd>
          {server.user}
          {forUser !== null && <span className={parts.then}>for {forUser}</span>}
        </dd>
        {server.admin !== undefined && <UsersLine server={server} />}
        <NetworkFacts server={server} />
        {account !== undefined && <Account account={account} />}
      </dl>
      {asksForMailHook(server, account ?? null) && <Assumption server={server} />}
    </section>
  );
}

/** What is particular about the way to a server. */
function NetworkFacts({ server: { network = {} } }: { readonly server: ServerInfo }): JSX.Element | null {
  const { proxy, authorities = [], certificate, fingerprints = [] } = network;
  const facts = [
    ...(proxy === undefined ? [] : [proxy === 'none' ? 'without a proxy' : `through the proxy ${proxy}`]),
    ...(authorities.length === 0 ? [] : ['with an authority of its own']),
    ...(certificate === undefined ? [] : ['with a certificate of yours']),
    ...(fingerprints.length === 0 ? [] : ['its certificate is trusted by fingerprint']),
  ];
  if (facts.length === 0) return null;
  return (
    <>
      <dt>Connection</dt>
      <dd>{facts.join(', ')}</dd>
    </>
  );
}

/** All calendars of the one who logs in, into one file. */
function BackUpButton({ server }: { readonly server: ServerInfo }): JSX.Element {
  const open = useBackup((state) => state.open);
  return (
    <Button
      size="xs"
      onClick={() => {
        open({ kind: 'server', serverId: server.id, calendars: null }, `calendars of ${server.name}`);
      }}
    >
      Back up…
    </Button>
  );
}

/** The question is asked only where its answer can matter. */
function asksForMailHook(server: ServerInfo, account: AccountInfo | null): boolean {
  if (server.practice) return false;
  return server.assumeNoMailHook || account === null || account.asksForMailHook;
}

function Account({ account }: { readonly account: AccountInfo }): JSX.Element {
  return (
    <>
      <dt>Product</dt>
      <dd>{account.product ?? (account.server.practice ? 'part of Hushcal' : 'unknown')}</dd>
      <dt>
        Addresses
        <Explain
          term="Addresses"
          means="The names under which this user is invited: the server's calendar-user-address-set."
        />
      </dt>
      <dd>{addressWords(account.addresses)}</dd>
      <dt>Calendars</dt>
      <dd>
        <div className={styles.calendarsLine}>
          {account.calendars.map((calendar) => (
            <span key={calendar.url} className="row">
              <span
                className={parts.swatch}
                style={calendar.color === null ? {} : { background: calendar.color.slice(0, 7) }}
                aria-hidden
              />
              {calendar.name}
              {calendar.objects !== null && <span className={parts.then}>{plural(calendar.objects, 'event')}</span>}
              {calendar.writable === false && <span className={parts.then}>read-only</span>}
            </span>
          ))}
          {account.calendars.length === 0 && 'none'}
        </div>
      </dd>
    </>
  );
}

/** Servers list paths of principals among the addresses too; nobody is invited by those. */
function addressWords(addresses: readonly string[]): string {
  const named = addresses.filter((address) => !address.startsWith('/'));
  return named.length === 0 ? 'none reported' : named.map(shortAddress).join(', ');
}

function PasswordChip({ server }: { readonly server: ServerInfo }): JSX.Element {
  switch (server.password) {
    case 'keychain':
      return <Chip tone="new">password in the keychain</Chip>;
    case 'session':
      return <Chip tone="upd">password for this session</Chip>;
    case 'missing':
      return <Chip tone="warn">password needed</Chip>;
  }
}

type Asked = 'password' | 'edit' | 'duplicate' | 'remove';

function ServerActions({ server }: { readonly server: ServerInfo }): JSX.Element {
  const forgetPassword = useServers((state) => state.forgetPassword);
  const [asking, setAsking] = useState<Asked | null>(null);
  const button = (what: Asked, label: string): JSX.Element => (
    <Button
      size="xs"
      onClick={() => {
        setAsking(what);
      }}
    >
      {label}
    </Button>
  );
  return (
    <>
      {server.password === 'missing' ? (
        // With the connection beside it, where the proxy's is needed, too.
        button(server.proxyPassword === 'missing' ? 'edit' : 'password', 'Enter password…')
      ) : (
        <Button size="xs" onClick={() => void forgetPassword(server.id)}>
          Forget password
        </Button>
      )}
      {button('edit', 'Edit…')}
      {button('duplicate', 'Duplicate…')}
      {button('remove', 'Remove…')}
      <Asking
        server={server}
        asking={asking}
        close={() => {
          setAsking(null);
        }}
      />
    </>
  );
}

interface AskingProps {
  readonly server: ServerInfo;
  readonly asking: Asked | null;
  readonly close: () => void;
}

function Asking({ server, asking, close }: AskingProps): JSX.Element | null {
  const remove = useServers((state) => state.remove);
  switch (asking) {
    case null:
      return null;
    case 'password':
      return <ServerDialog server={server} onClose={close} onDone={close} />;
    case 'edit':
      return (
        <ServerDialog
          server={server}
          edit
          onClose={close}
          onDone={() => {
            close();
            useFlow.getState().targetChanged();
          }}
        />
      );
    case 'duplicate':
      return <ServerDialog server={null} like={server} onClose={close} onDone={close} />;
    case 'remove':
      return (
        <Confirm
          opened
          title={`Remove ${isolate(server.name)}?`}
          yes="Remove the server"
          danger
          onClose={close}
          onYes={() => {
            close();
            void remove(server.id);
          }}
        >
          <p>
            Hushcal forgets the address and the passwords. Nothing on the server changes, and History keeps its reports.
          </p>
        </Confirm>
      );
  }
}

function Assumption({ server }: { readonly server: ServerInfo }): JSX.Element {
  const assume = useServers((state) => state.assumeNoMailHook);
  return (
    <Switch
      checked={server.assumeNoMailHook}
      label={ASSUMPTION_WORDS['no-mail-hook'].title}
      description="Only for Radicale: whether its mail hook is on cannot be detected. Switch this on when you know that it is off; otherwise silent modes stay blocked there."
      onChange={(event) => void assume(server.id, event.currentTarget.checked).then(useFlow.getState().targetChanged)}
    />
  );
}
