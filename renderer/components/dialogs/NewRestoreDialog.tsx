import type { JSX } from 'react';
import { useApp } from '../../stores/app.ts';
import { restoreAnew } from '../../stores/commands.ts';
import { Confirm } from '../Confirm.tsx';

/** Asks before a restore that was decided in part is put aside for a new one. */
export function NewRestoreDialog(): JSX.Element {
  const opened = useApp((state) => state.dialog === 'new-restore');
  const show = useApp((state) => state.show);
  return (
    <Confirm
      opened={opened}
      title="Begin a new restore?"
      yes="Begin anew"
      no="Keep this one"
      onYes={restoreAnew}
      onClose={() => {
        show(null);
      }}
    >
      <p>What you chose and decided for this one is put aside. Nothing of it was written.</p>
    </Confirm>
  );
}
