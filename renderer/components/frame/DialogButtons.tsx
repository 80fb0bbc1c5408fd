import type { JSX, ReactNode } from 'react';
import { classes } from '../classes.ts';
import styles from './dialog.module.css';

/** The row of buttons that ends a dialog; as the last of its stack it stays in sight. */
export function DialogButtons({ children }: { readonly children: ReactNode }): JSX.Element {
  return (
    <div className={classes(styles.dialogButtons, 'row')} data-testid="dialog-buttons">
      {children}
    </div>
  );
}
