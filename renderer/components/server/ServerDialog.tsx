import { Button, Checkbox, Modal, PasswordInput, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent, type JSX } from 'react';
import type { Failure } from '../../../shared/model/failure.ts';
import type { AccountInfo, FoundServer, ServerInfo } from '../../../shared/model/server.ts';
import { useApp } from '../../stores/app.ts';
import { isFailure, useServers } from '../../stores/servers.ts';
import { fieldOfFailure } from '../../words/fields.ts';
import { Connection, draftOf, networkInput, trusting, type NetworkDraft } from './Connection.tsx';
import { isWhole, LoginWays, OWN_WAY, wayInput, type WayDraft } from './LoginWays.tsx';
import { ShownCertificate } from './ShownCertificate.tsx';
import { mailDomain } from '../../../shared/text/address.ts';
import { Note, Notice } from '../Notice.tsx';

interface ServerDialogProps {
  /** Null: add one. Otherwise its password is asked for again. */
  readonly server: ServerInfo | null;
  readonly onClose: () => void;
  readonly onDone: (account: AccountInfo) => void;
}

/** Adds a server or takes its password anew. The password goes inward once and never comes back. */
export function ServerDialog({ server, onClose, onDone }: ServerDialogProps): JSX.Element {
  const [url, setUrl] = useState(server?.url ?? '');
  const [user, setUser] = useState(server?.user ?? '');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [way, setWay] = useState<WayDraft>(OWN_WAY);
  const [network, setNetwork] = useState<NetworkDraft>(() => draftOf());
  const keychain = useApp((state) => state.info?.secretStore === 'keychain');
  const [remember, setRemember] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [outside, setOutside] = useState<FoundServer | null>(null);
  const field = failure === null ? null : fieldOfFailure(failure);

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    await logIn(network);
  };

  /** Where to log in: a mail address stands for a server, which a person has to confirm when it lies outside the domain. */
  const placeOf = async (typed: string, reached: NetworkDraft): Promise<string | null> => {
    if (mailDomain(typed) === null) return typed;
    const place = await useServers.getState().find({ address: typed, network: networkInput(reached) });
    if (isFailure(place)) setFailure(place);
    else if (place.outside) setOutside(place);
    else return place.url;
    return null;
  };

  const logIn = async (reached: NetworkDraft, typed = url.trim()): Promise<void> => {
    if (busy) return;
    setOutside(null);
    setBusy(true);
    setFailure(null);
    const place = server === null ? await placeOf(typed, reached) : typed;
    if (place === null) {
      setBusy(false);
      return;
    }
    setUrl(place);
    const { add, setPassword: renew } = useServers.getState();
    const keep = remember && keychain;
    const found =
      server === null
        ? await add({
            name: name.trim(),
            url: place,
            user: user.trim(),
            password,
            remember: keep,
            ...wayInput(way),
            network: networkInput(reached),
          })
        : await renew({ id: server.id, password, remember: keep });
    setBusy(false);
    if (isFailure(found)) setFailure(found);
    else onDone(found);
  };

  const trust = (host: string, sha256: string): void => {
    const trusted = trusting(network, host, sha256);
    setNetwork(trusted);
    void logIn(trusted);
  };

  const leave = (): void => {
    if (busy) useServers.getState().cancel();
    onClose();
  };

  return (
    <Modal
      opened
      onClose={leave}
      title={server === null ? 'Add a server' : `Password for ${server.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          label="Address"
          description="Your mail address, the server's name or its CalDAV address, e.g. https://mail.example.org"
          value={url}
          disabled={server !== null}
          data-autofocus={server === null ? true : undefined}
          error={field === 'url' ? failure?.message : undefined}
          onChange={(event) => {
            setUrl(event.currentTarget.value);
          }}
        />
        <TextInput
          label={way.way === 'own' ? 'User' : 'Administrator'}
          value={user}
          disabled={server !== null}
          autoComplete="off"
          error={field === 'user' ? failure?.message : undefined}
          onChange={(event) => {
            setUser(event.currentTarget.value);
          }}
        />
        <PasswordInput
          label={server?.credential === 'token' || way.token ? 'Token' : 'Password'}
          value={password}
          autoComplete="off"
          data-autofocus={server === null ? undefined : true}
          error={field === 'password' ? failure?.message : undefined}
          aria-invalid={field === 'password'}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
          }}
        />
        {server === null && (
          <TextInput
            label="Name"
            description="Display name (optional)"
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
        )}
        {server === null && <LoginWays way={way} change={setWay} />}
        {server === null && <Connection draft={network} change={setNetwork} />}
        <Remember remember={remember} change={setRemember} />
        {outside !== null && (
          <Note tone="warn" role="alert">
            <div className="what">
              The calendars of {url.trim()} are on {outside.host}, which does not belong to that domain. The password
              would be sent there.
            </div>
            <Button
              size="xs"
              onClick={() => {
                void logIn(network, outside.url);
              }}
            >
              Log in at {outside.host}
            </Button>
          </Note>
        )}
        {failure !== null && field === null && <Notice failure={failure} />}
        {failure !== null && server === null && <ShownCertificate failure={failure} busy={busy} trust={trust} />}
        {failure?.detail !== undefined && field !== null && (
          <p className="small dim">The server said: {failure.detail}</p>
        )}
        <div className="row dialog-buttons">
          <Button onClick={leave}>Cancel</Button>
          <Button
            type="submit"
            variant="filled"
            loading={busy}
            disabled={url.trim() === '' || user.trim() === '' || password === '' || !isWhole(way)}
          >
            {server === null ? 'Add the server' : 'Log in'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface RememberProps {
  readonly remember: boolean;
  readonly change: (remember: boolean) => void;
}

function Remember({ remember, change }: RememberProps): JSX.Element {
  const info = useApp((state) => state.info);
  const keychain = info?.secretStore === 'keychain';
  const reason = info?.secretStoreReason ?? '';
  return (
    <Checkbox
      checked={remember && keychain}
      disabled={!keychain}
      label="Remember the password"
      description={
        keychain
          ? 'In the keychain of this computer. Without the tick it stays in memory until Hushcal closes.'
          : reason
      }
      onChange={(event) => {
        change(event.currentTarget.checked);
      }}
    />
  );
}
