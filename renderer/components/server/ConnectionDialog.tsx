import { Button, Modal } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { ServerInfo } from '../../../shared/model/server.ts';
import { useServers } from '../../stores/servers.ts';
import { Connection, draftOf, networkInput } from './Connection.tsx';

/** Changes how one server is reached, and looks whether it answers that way. */
export function ConnectionDialog({
  server,
  onClose,
}: {
  readonly server: ServerInfo;
  readonly onClose: () => void;
}): JSX.Element {
  const [draft, setDraft] = useState(() => draftOf(server.network));
  const setNetwork = useServers((state) => state.setNetwork);
  return (
    <Modal opened onClose={onClose} title={`Connection to ${server.name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="stack">
        <Connection draft={draft} change={setDraft} startsOpen />
        <div className="row dialog-buttons">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="filled"
            onClick={() => {
              onClose();
              void setNetwork(server.id, networkInput(draft));
            }}
          >
            Save and look
          </Button>
        </div>
      </div>
    </Modal>
  );
}
