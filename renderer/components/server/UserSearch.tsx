import { Button, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { Failure } from '../../../shared/model/failure.ts';
import type { FoundUser, ServerInfo, ServerUser } from '../../../shared/model/server.ts';
import { isFailure, useServers } from '../../stores/servers.ts';
import { hostOf, shortAddress } from '../../words/format.ts';
import { byName, holds } from '../../words/event/order.ts';
import { Notice } from '../Notice.tsx';
import { Waiting } from '../Waiting.tsx';
import { classes } from '../classes.ts';
import parts from '../parts.module.css';
import fields from '../fields.module.css';

interface UserSearchProps {
  readonly server: ServerInfo;
  /** Who is chosen; null: nobody yet. */
  readonly chosen: string | null;
  readonly choose: (user: string) => void;
}

/** The users of a server whose administrator logs in: those that are listed, and whom a search finds or a person types. */
export function UserSearch({ server, chosen, choose }: UserSearchProps): JSX.Element {
  const [text, setText] = useState('');
  const search = useUserSearch(server, text);
  const addUser = useServers((state) => state.addUser);
  const take = (user: ServerUser): void => {
    setText('');
    void addUser(server.id, user).then(() => {
      choose(user.user);
    });
  };
  const typed = text.trim();
  const known = (server.users ?? []).map(({ user }) => ({ name: user })).toSorted(byName);
  const shown = known.filter(({ name }) => holds(text, name));
  const found = search.found?.filter(({ user }) => !shown.some(({ name }) => name === user)) ?? [];
  const isKnown = [...known, ...found.map(({ user }) => ({ name: user }))].some(({ name }) => name === typed);
  return (
    <>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void search.run();
        }}
      >
        <TextInput
          className="grow"
          size="xs"
          aria-label="Find a user"
          placeholder="Name or mail address"
          value={text}
          onChange={(event) => {
            search.clear();
            setText(event.currentTarget.value);
          }}
        />
        <Button size="xs" type="submit" disabled={typed === ''}>
          Search the server
        </Button>
      </form>
      {search.searching && <Waiting what={`Searching ${hostOf(server.url)}`} cancel={search.cancel} />}
      {search.failure !== null && <Notice failure={search.failure} />}
      <div className={fields.pickList} data-testid="users">
        {shown.map(({ name }) => (
          <UserChoice key={name} user={name} checked={name === chosen} choose={choose} />
        ))}
        {found.map((user) => (
          <FoundChoice key={user.user} found={user} take={take} />
        ))}
        {typed !== '' && !isKnown && (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              take({ user: typed });
            }}
          >
            Use “{typed}” as the user name
          </Button>
        )}
        {search.found?.length === 0 && <p className="dim">The server knows nobody by that name.</p>}
        {known.length === 0 && typed === '' && <p className="dim">Search for the user whose calendars you need.</p>}
      </div>
    </>
  );
}

interface Search {
  /** Null: not searched for what is typed. */
  readonly found: readonly FoundUser[] | null;
  readonly searching: boolean;
  readonly failure: Failure | null;
  readonly run: () => Promise<void>;
  readonly cancel: () => void;
  readonly clear: () => void;
}

function useUserSearch(server: ServerInfo, text: string): Search {
  const [found, setFound] = useState<readonly FoundUser[] | null>(null);
  const [searching, setSearching] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { findUsers, cancel } = useServers.getState();
  const clear = (): void => {
    setFound(null);
    setFailure(null);
  };
  return {
    found,
    searching,
    failure,
    clear,
    cancel: () => {
      cancel();
    },
    run: async () => {
      if (searching || text.trim() === '') return;
      clear();
      setSearching(true);
      const answer = await findUsers(server.id, text.trim());
      setSearching(false);
      if (!isFailure(answer)) setFound(answer);
      else if (answer.code !== 'STOPPED') setFailure(answer);
    },
  };
}

interface UserChoiceProps {
  readonly user: string;
  readonly checked: boolean;
  readonly choose: (user: string) => void;
}

function UserChoice({ user, checked, choose }: UserChoiceProps): JSX.Element {
  return (
    <label className={classes(fields.pick, checked && fields.on)} title={user}>
      <input
        type="radio"
        className={fields.radio}
        name="user"
        checked={checked}
        onChange={() => {
          choose(user);
        }}
      />
      <span className={classes(parts.breaks, 'grow')}>{user}</span>
    </label>
  );
}

interface FoundChoiceProps {
  readonly found: FoundUser;
  readonly take: (user: ServerUser) => void;
}

function FoundChoice({ found, take }: FoundChoiceProps): JSX.Element {
  const { user, name, addresses, home } = found;
  const known = addresses.map(shortAddress).join(', ');
  return (
    <button
      type="button"
      className={classes(fields.pick, fields.found)}
      title={[user, name, known].filter((one) => one !== '').join('\n')}
      onClick={() => {
        take({ user, ...(home === null ? {} : { home }) });
      }}
    >
      <span className={classes(parts.breaks, 'grow')}>
        <span className="strong">{name === '' ? user : name}</span>
        <span className="small dim"> {[name === '' ? '' : user, known].filter((one) => one !== '').join(' · ')}</span>
      </span>
    </button>
  );
}
