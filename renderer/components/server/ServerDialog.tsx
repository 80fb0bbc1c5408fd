import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type JSX } from 'react';
import type { Failure } from '../../../shared/model/failure.ts';
import type { AccountInfo, FoundServer, ServerInfo } from '../../../shared/model/server.ts';
import { useApp } from '../../stores/app.ts';
import { BusyButton } from '../BusyButton.tsx';
import { FormDialog } from '../frame/FormDialog.tsx';
import { Note, Notice } from '../Notice.tsx';
import { Waiting } from '../Waiting.tsx';
import { Connection } from './Connection.tsx';
import { LoginWays } from './LoginWays.tsx';
import { isComplete, isSameDraft, serverDraft, type ServerDraft } from './server-draft.ts';
import { ShownCertificate } from './ShownCertificate.tsx';
import { useServerLogin, type LoginField } from './useServerLogin.ts';
import notice from '../notice.module.css';

interface ServerDialogProps {
  /** Null: add one. Otherwise its password is asked for again. */
  readonly server: ServerInfo | null;
  /** All of the server can be changed, and its kept password stays unless another is typed. */
  readonly edit?: boolean;
  /** A server to be added is like this one. */
  readonly like?: ServerInfo;
  readonly onClose: () => void;
  readonly onDone: (account: AccountInfo) => void;
}

/** Adds a server, changes one, or takes its password anew. The password goes inward once and never comes back. */
export function ServerDialog(props: ServerDialogProps): JSX.Element {
  const { server, edit = false, like, onClose, onDone } = props;
  const [first] = useState(() => startOf(props));
  const [draft, setDraft] = useState(first);
  const change = (part: Partial<ServerDraft>): void => {
    setDraft({ ...draft, ...part });
  };
  const login = useServerLogin({ server, edit, like: like ?? null, setDraft, onDone });
  const { busy, failure, field, outside } = login;
  const keptPassword = edit && server?.password !== 'missing';
  const [title, yes] = wordsOf(server, edit, like !== undefined);
  return (
    <FormDialog
      title={title}
      dirty={!isSameDraft(draft, first)}
      onClose={() => {
        login.cancel();
        onClose();
      }}
      onSubmit={() => void login.run(draft)}
      above={
        <>
          {busy !== null && <Waiting what={busy} cancel={login.cancel} />}
          {failure !== null && <Failed failure={failure} field={field} />}
          {outside !== null && (
            <Outside address={draft.url} found={outside} go={() => void login.run(draft, outside)} />
          )}
        </>
      }
      buttons={
        <>
          {busy === null && <Button onClick={onClose}>Cancel</Button>}
          <BusyButton
            type="submit"
            variant="filled"
            busy={busy !== null}
            disabled={busy === null && !isComplete(draft, keptPassword)}
          >
            {yes}
          </BusyButton>
        </>
      }
    >
      <Fields draft={draft} change={change} login={login} about={{ locked: server !== null && !edit, keptPassword }} />
      {failure !== null && (server === null || edit) && (
        <ShownCertificate
          failure={failure}
          busy={busy !== null}
          trust={(host, sha256) => void login.trust(draft, host, sha256)}
        />
      )}
    </FormDialog>
  );
}

function startOf({ server, like }: ServerDialogProps): ServerDraft {
  const draft = serverDraft(server ?? like ?? null);
  return like === undefined ? draft : { ...draft, name: `${like.name} copy` };
}

function wordsOf(server: ServerInfo | null, edit: boolean, copies: boolean): readonly [title: string, yes: string] {
  if (server === null) return [copies ? 'Duplicate a server' : 'Add a server', 'Add the server'];
  return edit ? [`Edit ${server.name}`, 'Save'] : [`Password for ${server.name}`, 'Log in'];
}

interface FieldsProps {
  readonly draft: ServerDraft;
  readonly change: (part: Partial<ServerDraft>) => void;
  readonly login: ReturnType<typeof useServerLogin>;
  /** `locked`: only the password is asked for. */
  readonly about: { readonly locked: boolean; readonly keptPassword: boolean };
}

function Fields({ draft, change, login, about: { locked, keptPassword } }: FieldsProps): JSX.Element {
  const { url, user, name, password, way, network, remember } = draft;
  const { failure, field } = login;
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (field !== null) root.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
  }, [failure, field]);
  const partOf = (one: LoginField) => ({
    error: field === one ? failure?.message : undefined,
    'aria-invalid': field === one,
  });
  return (
    <div className="stack" ref={root}>
      <TextInput
        {...partOf('url')}
        label="Address"
        description={
          locked
            ? undefined
            : "Your mail address, the server's name or its CalDAV address, e.g. https://mail.example.org"
        }
        value={url}
        disabled={locked}
        data-autofocus={locked ? undefined : true}
        onChange={(event) => {
          change({ url: event.currentTarget.value });
        }}
      />
      <TextInput
        {...partOf('user')}
        label={way.way === 'own' ? 'User' : 'Administrator'}
        value={user}
        disabled={locked}
        autoComplete="off"
        onChange={(event) => {
          change({ user: event.currentTarget.value });
        }}
      />
      <PasswordInput
        {...partOf('password')}
        label={way.token ? 'Token' : 'Password'}
        description={keptPassword ? 'Leave it empty to keep the one that is known' : undefined}
        value={password}
        autoComplete="off"
        data-autofocus={locked ? true : undefined}
        onChange={(event) => {
          change({ password: event.currentTarget.value });
        }}
      />
      {!locked && (
        <>
          <TextInput
            label="Display name (optional)"
            value={name}
            maxLength={200}
            onChange={(event) => {
              change({ name: event.currentTarget.value });
            }}
          />
          <LoginWays
            way={way}
            change={(next) => {
              change({ way: next });
            }}
          />
          <Connection
            draft={network}
            change={(next) => {
              change({ network: next });
            }}
          />
        </>
      )}
      <Remember
        remember={remember}
        change={(next) => {
          change({ remember: next });
        }}
      />
    </div>
  );
}

/** What went wrong, in sight beside the buttons; at a field it stands there too, where a screen reader hears it. */
function Failed({ failure, field }: { readonly failure: Failure; readonly field: LoginField | null }): JSX.Element {
  if (field === null) return <Notice failure={failure} />;
  return (
    <Note tone="bad">
      <div className={notice.what}>{failure.message}</div>
      {failure.detail !== undefined && <div className={notice.said}>The server said: {failure.detail}</div>}
    </Note>
  );
}

interface OutsideProps {
  readonly address: string;
  readonly found: FoundServer;
  readonly go: () => void;
}

/** RFC 6764 §8: a host outside the mail domain gets the password only when a person says so. */
function Outside({ address, found, go }: OutsideProps): JSX.Element {
  return (
    <Note tone="warn" role="alert">
      <div className={notice.what}>
        The calendars of {address.trim()} are on {found.host}, which does not belong to that domain. The password would
        be sent there.
      </div>
      <Button size="xs" onClick={go}>
        Log in at {found.host}
      </Button>
    </Note>
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
      description={keychain ? 'In the keychain of this computer. Otherwise it is kept until you quit.' : reason}
      onChange={(event) => {
        change(event.currentTarget.checked);
      }}
    />
  );
}
