import { ActionIcon, Button, Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { BackupList } from '../../../../shared/ipc/find-routes.ts';
import { useFind } from '../../../stores/find.ts';
import { backupDate, datedWords } from '../../../words/find.ts';
import { classes } from '../../../components/classes.ts';
import { DialogButtons } from '../../../components/frame/DialogButtons.tsx';
import parts from '../../../components/parts.module.css';
import styles from './find.module.css';

/** Each backup with its date and how that is known; one can be taken out. */
export function BackupsDialog({
  list,
  onClose,
}: {
  readonly list: BackupList;
  readonly onClose: () => void;
}): JSX.Element {
  const { remove, searching } = useFind();
  const now = new Date();
  return (
    <Modal opened onClose={onClose} size={620} title="Backups, newest first">
      <div className="stack">
        <div className={classes(styles.backupList, parts.scroll)} tabIndex={0} role="region" aria-label="Backups">
          <table className={parts.table}>
            <thead>
              <tr>
                <th style={{ width: '44%' }}>Backup</th>
                <th>Made</th>
                <th style={{ width: 42 }}>
                  <span className="visually-hidden">Remove</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.backups.map((backup) => (
                <tr key={backup.source}>
                  <td className={parts.clip} title={backup.source}>
                    {backup.name}
                  </td>
                  <td className={parts.clip}>
                    {backup.at === null ? '–' : backupDate(backup, now)}{' '}
                    <span className="faint small">{datedWords(backup)}</span>
                  </td>
                  <td>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="sm"
                      disabled={searching}
                      aria-label={`Remove ${backup.name}`}
                      onClick={() => void remove(backup.id)}
                    >
                      <IconX size={14} aria-hidden />
                    </ActionIcon>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <DialogButtons>
          <Button variant="filled" onClick={onClose} data-autofocus>
            Done
          </Button>
        </DialogButtons>
      </div>
    </Modal>
  );
}
