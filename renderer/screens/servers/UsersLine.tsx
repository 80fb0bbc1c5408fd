import { Button, Modal } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { ServerInfo } from '../../../shared/model/server.ts';
import { UserSearch } from '../../components/server/UserSearch.tsx';
import { firstUser, useServers } from '../../stores/servers.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { DialogButtons } from '../../components/frame/DialogButtons.tsx';
import chip from '../../components/chip.module.css';
import styles from '../job/decide/decide.module.css';

const SHOWN = 12;

/** Whose calendars an administrator's login reaches here, as far as they are listed. */
export function UsersLine({ server }: { readonly server: ServerInfo }): JSX.Element {
  const [open, setOpen] = useState(false);
  const removeUser = useServers((state) => state.removeUser);
  const users = server.users ?? [];
  return (
    <>
      <dt>Users</dt>
      <dd>
        <div className="row wrap">
          {users.slice(0, SHOWN).map(({ user }) => (
            <span key={user} className={chip.chip} title={user}>
              {user}
              <button
                type="button"
                className={styles.dropChip}
                aria-label={`Remove ${user}`}
                onClick={() => void removeUser(server.id, user)}
              >
                ×
              </button>
            </span>
          ))}
          {users.length > SHOWN && <span className="dim">and {formatNumber(users.length - SHOWN)} more</span>}
          {users.length === 0 && <span className="dim">none listed yet</span>}
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              setOpen(true);
            }}
          >
            Find users…
          </Button>
        </div>
        {open && (
          <UsersDialog
            server={server}
            onClose={() => {
              setOpen(false);
            }}
          />
        )}
      </dd>
    </>
  );
}

/** Looks at the calendars of the user that is chosen. */
function UsersDialog({ server, onClose }: { readonly server: ServerInfo; readonly onClose: () => void }): JSX.Element {
  const count = server.users?.length ?? 0;
  return (
    <Modal opened onClose={onClose} title={`Users of ${server.name}`}>
      <div className="stack">
        <p className="small dim">
          {count === 0 ? 'Nobody is listed yet.' : `${plural(count, 'user')} listed.`} Users that you find here can be
          chosen under Restore.
        </p>
        <UserSearch server={server} chosen={firstUser(server)} choose={() => undefined} />
        <DialogButtons>
          <Button onClick={onClose}>Close</Button>
        </DialogButtons>
      </div>
    </Modal>
  );
}
