import { useRef, useState } from 'react';
import type { Failure } from '../../../shared/model/failure.ts';
import type { AccountInfo, FoundServer, ServerInfo } from '../../../shared/model/server.ts';
import { mailDomain } from '../../../shared/text/address.ts';
import { useApp } from '../../stores/app.ts';
import { isFailure, useServers } from '../../stores/servers.ts';
import { fieldOfFailure } from '../../words/event/fields.ts';
import { hostOf } from '../../words/format.ts';
import { networkInput, trusting } from './Connection.tsx';
import { serverFields, type ServerDraft } from './server-draft.ts';

export type LoginField = NonNullable<ReturnType<typeof fieldOfFailure>>;

interface Login {
  /** What is being done now; null: nothing. */
  readonly busy: string | null;
  readonly failure: Failure | null;
  /** The field that the failure is about. */
  readonly field: LoginField | null;
  /** The server of the mail address lies outside its domain: a person has to say that the password may go there. */
  readonly outside: FoundServer | null;
  /** Logs in. @param confirmed the server outside the mail domain, to which a person said yes */
  readonly run: (draft: ServerDraft, confirmed?: FoundServer) => Promise<void>;
  readonly trust: (draft: ServerDraft, host: string, sha256: string) => Promise<void>;
  /** Ends what is being done; what was typed stays. */
  readonly cancel: () => void;
}

interface About {
  readonly server: ServerInfo | null;
  readonly edit: boolean;
  readonly like: ServerInfo | null;
  readonly setDraft: (draft: ServerDraft) => void;
  readonly onDone: (account: AccountInfo) => void;
}

/** The steps from what was typed to a server in the list. */
export function useServerLogin({ server, edit, like, setDraft, onDone }: About): Login {
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [outside, setOutside] = useState<FoundServer | null>(null);
  const keychain = useApp((state) => state.info?.secretStore === 'keychain');
  // An answer that comes after Cancel is one to a question that nobody asks any more.
  const turn = useRef(0);

  /** Where to log in; null where that is not known, or not before a person has said so. */
  const placeOf = async (draft: ServerDraft, now: number): Promise<string | null> => {
    const typed = draft.url.trim();
    if (mailDomain(typed) === null) return typed;
    setBusy(`Looking for the server of ${typed}`);
    const found = await useServers.getState().find({ address: typed, network: networkInput(draft.network) });
    if (now !== turn.current) return null;
    if (isFailure(found)) setFailure(found);
    else if (found.outside) setOutside(found);
    else return found.url;
    return null;
  };

  const ask = (draft: ServerDraft): Promise<AccountInfo | Failure> => {
    const { add, edit: save, setPassword } = useServers.getState();
    const { password } = draft;
    const remember = draft.remember && keychain;
    if (server !== null && !edit) return setPassword({ id: server.id, password, remember });
    const fields = { ...serverFields(draft, (server ?? like)?.users ?? []), remember };
    if (server !== null) return save({ id: server.id, ...fields, password: password === '' ? null : password });
    return add({ ...fields, password, ...(like === null ? {} : { like: like.id }) });
  };

  const run = async (draft: ServerDraft, confirmed?: FoundServer): Promise<void> => {
    if (busy !== null) return;
    turn.current += 1;
    const now = turn.current;
    setOutside(null);
    setFailure(null);
    const url = confirmed?.url ?? (await placeOf(draft, now));
    if (now !== turn.current) return;
    if (url !== null) {
      const placed = { ...draft, url };
      setDraft(placed);
      setBusy(`Connecting to ${hostOf(url)}`);
      const done = await ask(placed);
      if (now !== turn.current) return;
      if (isFailure(done)) setFailure(done);
      else onDone(done);
    }
    setBusy(null);
  };

  return {
    busy,
    failure,
    field: failure === null ? null : fieldOfFailure(failure),
    outside,
    run,
    trust: async (draft, host, sha256) => {
      const trusted = { ...draft, network: trusting(draft.network, host, sha256) };
      setDraft(trusted);
      await run(trusted);
    },
    cancel: () => {
      if (busy === null) return;
      turn.current += 1;
      useServers.getState().cancel();
      setBusy(null);
    },
  };
}
