import { Modal } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { useApp, type AppDialog } from '../../stores/app.ts';

interface ProgramDialogProps {
  readonly name: AppDialog;
  readonly title: string;
  readonly size: number;
  readonly children: ReactNode;
}

/** A dialog about the program, of which one is open at a time: the menu and the keys open it by its name. */
export function ProgramDialog({ name, title, size, children }: ProgramDialogProps): JSX.Element {
  const opened = useApp((state) => state.dialog === name);
  const show = useApp((state) => state.show);
  return (
    <Modal
      opened={opened}
      onClose={() => {
        show(null);
      }}
      title={title}
      size={size}
    >
      {children}
    </Modal>
  );
}
