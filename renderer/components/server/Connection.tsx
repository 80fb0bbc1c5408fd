import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import type { NetworkSpec } from '../../../shared/model/network.ts';
import type { NetworkInput } from '../../../shared/ipc/network-input.ts';
import { useServers } from '../../stores/servers.ts';
import { lastSegment } from '../../../shared/text/address.ts';
import { classes } from '../classes.ts';
import { Folded } from './Folded.tsx';
import parts from '../parts.module.css';

/** How a server is reached, as typed. */
export interface NetworkDraft {
  readonly proxy: string;
  readonly proxyPassword: string;
  readonly authority: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  readonly keyPassword: string;
  readonly fingerprints: NonNullable<NetworkSpec['fingerprints']>;
}

export function draftOf({
  proxy = '',
  authorities = [],
  certificate,
  key,
  fingerprints = [],
}: NetworkSpec = {}): NetworkDraft {
  return {
    proxy,
    proxyPassword: '',
    authority: authorities[0] ?? null,
    certificate: certificate ?? null,
    key: key ?? null,
    keyPassword: '',
    fingerprints,
  };
}

/** The same with one more certificate that is trusted, in the place of another one of that host. */
export function trusting(draft: NetworkDraft, host: string, sha256: string): NetworkDraft {
  return { ...draft, fingerprints: [...draft.fingerprints.filter((one) => one.host !== host), { host, sha256 }] };
}

/** What the main process is told; a password that was left empty stays as it is kept. */
export function networkInput(draft: NetworkDraft): NetworkInput {
  const { authority, certificate, key, fingerprints } = draft;
  const proxy = draft.proxy.trim();
  return {
    spec: {
      ...(proxy === '' ? {} : { proxy }),
      ...(authority === null ? {} : { authorities: [authority] }),
      ...(certificate === null ? {} : { certificate }),
      ...(key === null ? {} : { key }),
      ...(fingerprints.length === 0 ? {} : { fingerprints }),
    },
    proxyPassword: draft.proxyPassword === '' ? null : draft.proxyPassword,
    keyPassword: draft.keyPassword === '' ? null : draft.keyPassword,
  };
}

interface ConnectionProps {
  readonly draft: NetworkDraft;
  readonly change: (draft: NetworkDraft) => void;
}

/** Proxy and certificates of one server, folded away until they are wanted. */
export function Connection({ draft, change }: ConnectionProps): JSX.Element {
  return (
    <Folded title="Connection" isSet={draft.fingerprints.length > 0 || draft.proxy !== ''}>
      <TextInput
        label="Proxy"
        description="http:// or https://, user@host:port; or none; as this computer has it when left empty"
        value={draft.proxy}
        onChange={(event) => {
          change({ ...draft, proxy: event.currentTarget.value });
        }}
      />
      {draft.proxy.includes('@') && (
        <PasswordInput
          label="Password of the proxy"
          autoComplete="off"
          value={draft.proxyPassword}
          onChange={(event) => {
            change({ ...draft, proxyPassword: event.currentTarget.value });
          }}
        />
      )}
      <FileField
        label="Authority that vouches for the server"
        hint="PEM; besides those that this computer trusts"
        path={draft.authority}
        change={(authority) => {
          change({ ...draft, authority });
        }}
      />
      <FileField
        label="Certificate of yours"
        hint="Where the server asks for one: PEM, or .p12 with its key"
        path={draft.certificate}
        change={(certificate) => {
          change({ ...draft, certificate });
        }}
      />
      {draft.certificate !== null && (
        <>
          <FileField
            label="Its key"
            hint="PEM, when it does not stand in the same file"
            path={draft.key}
            change={(key) => {
              change({ ...draft, key });
            }}
          />
          <PasswordInput
            label="Password of the key"
            description="When it has one"
            autoComplete="off"
            value={draft.keyPassword}
            onChange={(event) => {
              change({ ...draft, keyPassword: event.currentTarget.value });
            }}
          />
        </>
      )}
      <Trusted draft={draft} change={change} />
    </Folded>
  );
}

function Trusted({ draft, change }: Pick<ConnectionProps, 'draft' | 'change'>): JSX.Element | null {
  if (draft.fingerprints.length === 0) return null;
  return (
    <div className="stack" data-testid="trusted-certificates">
      {draft.fingerprints.map(({ host, sha256 }) => (
        <div key={`${host ?? ''} ${sha256}`} className="row">
          <span className={classes(parts.breaks, 'grow small')}>
            Trusted{host === null ? '' : ` for ${host}`}: <code>{sha256}</code>
          </span>
          <Button
            size="xs"
            onClick={() => {
              change({ ...draft, fingerprints: draft.fingerprints.filter((one) => one.sha256 !== sha256) });
            }}
          >
            Stop trusting
          </Button>
        </div>
      ))}
    </div>
  );
}

interface FileFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly path: string | null;
  readonly change: (path: string | null) => void;
}

function FileField({ label, hint, path, change }: FileFieldProps): JSX.Element {
  const chooseFile = useServers((state) => state.chooseFile);
  return (
    <div className="row" role="group" aria-label={label}>
      <span className="grow">
        {label}
        <span className="small dim"> {path === null ? hint : lastSegment(path.replaceAll('\\', '/'))}</span>
      </span>
      {path !== null && (
        <Button
          size="xs"
          onClick={() => {
            change(null);
          }}
        >
          Remove
        </Button>
      )}
      <Button
        size="xs"
        onClick={() => {
          void chooseFile().then((chosen) => {
            if (chosen !== null) change(chosen);
          });
        }}
      >
        Choose…
      </Button>
    </div>
  );
}
