import { Button, type ButtonProps } from '@mantine/core';
import { IconLoader2 } from '@tabler/icons-react';
import type { ComponentPropsWithoutRef, JSX } from 'react';
import parts from './parts.module.css';

type BusyButtonProps = ButtonProps & ComponentPropsWithoutRef<'button'> & { readonly busy: boolean };

/** A button that keeps the focus while its work goes on: one that is disabled meanwhile would lose it. */
export function BusyButton({ busy, onClick, children, ...rest }: BusyButtonProps): JSX.Element {
  return (
    <Button
      {...rest}
      aria-busy={busy}
      aria-disabled={busy}
      {...(busy ? { leftSection: <IconLoader2 size={14} className={parts.spin} aria-hidden /> } : {})}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {children}
    </Button>
  );
}
