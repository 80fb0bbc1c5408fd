import { Button } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { FormDialog } from './frame/FormDialog.tsx';

interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  readonly yes: string;
  readonly no?: string;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  /** Something was typed that closing would throw away. */
  readonly dirty?: boolean;
  readonly children: ReactNode;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

export function Confirm(props: ConfirmProps): JSX.Element | null {
  const { opened, title, yes, no = 'Cancel', disabled = false, danger = false, dirty = false } = props;
  const { children, onYes, onClose } = props;
  if (!opened) return null;
  return (
    <FormDialog
      title={title}
      dirty={dirty}
      onClose={onClose}
      onSubmit={() => {
        if (!disabled) onYes();
      }}
      buttons={
        <>
          <Button onClick={onClose}>{no}</Button>
          <Button type="submit" variant="filled" disabled={disabled} className={danger ? 'danger' : ''}>
            {yes}
          </Button>
        </>
      }
    >
      {children}
    </FormDialog>
  );
}
