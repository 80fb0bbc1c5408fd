import { Button, Modal } from '@mantine/core';
import { useState, type JSX, type ReactNode } from 'react';
import { DialogButtons } from './DialogButtons.tsx';
import { classes } from '../classes.ts';
import styles from './dialog.module.css';

interface FormDialogProps {
  readonly title: string;
  readonly size?: number | string;
  /** Something was typed or chosen that would be lost: closing asks first. */
  readonly dirty: boolean;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  /** What must be in sight whatever the length of the form: why it failed, how far it is. */
  readonly above?: ReactNode;
  readonly buttons: ReactNode;
  readonly children: ReactNode;
}

/** A form in a dialog: its buttons stay in sight, and what was typed is not thrown away by Escape or a click beside it. */
export function FormDialog(props: FormDialogProps): JSX.Element {
  const { title, size, dirty, onClose, onSubmit, above, buttons, children } = props;
  const [asking, setAsking] = useState(false);
  const close = (): void => {
    if (asking) setAsking(false);
    else if (dirty) setAsking(true);
    else onClose();
  };
  return (
    <Modal opened onClose={close} title={title} {...(size === undefined ? {} : { size })}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!asking) onSubmit();
        }}
      >
        {children}
        <div className={classes(styles.dialogFoot, 'stack tight')} data-testid="dialog-foot">
          {asking ? (
            <Discard
              keep={() => {
                setAsking(false);
              }}
              discard={onClose}
            />
          ) : (
            <>
              {above}
              <DialogButtons>{buttons}</DialogButtons>
            </>
          )}
        </div>
      </form>
    </Modal>
  );
}

function Discard({ keep, discard }: { readonly keep: () => void; readonly discard: () => void }): JSX.Element {
  return (
    <div role="alertdialog" aria-label="Discard what you entered?" className="row">
      <strong className="grow">Discard what you entered?</strong>
      <Button ref={focusFirst} onClick={keep}>
        Keep editing
      </Button>
      <Button variant="filled" className="danger" onClick={discard}>
        Discard
      </Button>
    </div>
  );
}

function focusFirst(button: HTMLButtonElement | null): void {
  button?.focus();
}
