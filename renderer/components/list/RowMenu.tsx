import { Menu } from '@mantine/core';
import { Fragment, type JSX } from 'react';
import styles from './grid.module.css';

export interface MenuEntry {
  readonly label: string;
  readonly run: () => void;
  /** A line is drawn above it. */
  readonly begins?: boolean;
}

/** Where a menu was asked for, in CSS pixels of the window. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

interface RowMenuProps {
  readonly label: string;
  readonly at: Spot;
  readonly entries: readonly MenuEntry[];
  /** Gives the focus back to the list, too. */
  readonly onClose: () => void;
}

/** What can be done with a row, where a right click, the Menu key or Shift+F10 asked for it. */
export function RowMenu({ label, at: spot, entries, onClose }: RowMenuProps): JSX.Element {
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      offset={0}
      shadow="md"
      transitionProps={{ duration: 0 }}
      returnFocus={false}
      closeOnItemClick={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button
          type="button"
          className={styles.menuSpot}
          tabIndex={-1}
          aria-label={label}
          style={{ left: spot.x, top: spot.y }}
        />
      </Menu.Target>
      <Menu.Dropdown className={styles.rowMenu} data-testid="row-menu">
        {entries.map((entry, at) => (
          <Fragment key={entry.label}>
            {entry.begins === true && <Menu.Divider />}
            <Menu.Item
              data-autofocus={at === 0 ? true : undefined}
              onClick={() => {
                onClose();
                entry.run();
              }}
            >
              {entry.label}
            </Menu.Item>
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The spot of a `contextmenu` event: of the pointer, or below the row that has the cursor when a key asked. */
export function spotOf(event: { readonly clientX: number; readonly clientY: number }, row: Element | null): Spot {
  const box = row?.getBoundingClientRect();
  const inside =
    box === undefined ||
    (event.clientY >= box.top &&
      event.clientY <= box.bottom &&
      event.clientX >= box.left &&
      event.clientX <= box.right);
  return inside ? { x: event.clientX, y: event.clientY } : { x: box.left + 48, y: box.bottom };
}
