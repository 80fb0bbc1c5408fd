import { Button, Modal } from '@mantine/core';
import type { JSX, ReactNode } from 'react';

interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  readonly yes: string;
  readonly no?: string;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly children: ReactNode;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

export function Confirm(props: ConfirmProps): JSX.Element {
  const { opened, title, yes, no = 'Cancel', disabled = false, danger = false, children, onYes, onClose } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled) onYes();
        }}
      >
        {children}
        <div className="row dialog-buttons">
          <Button onClick={onClose}>{no}</Button>
          <Button type="submit" variant="filled" disabled={disabled} className={danger ? 'danger' : ''}>
            {yes}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
