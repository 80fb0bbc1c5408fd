import { IconX } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { shortAddress } from '../../words/format.ts';
import { FilterField } from '../FilterField.tsx';
import { classes } from '../classes.ts';
import styles from './grid.module.css';
import tabs from '../frame/tabs.module.css';
import frame from '../frame/frame.module.css';

/** Milliseconds without a key before a long list is searched. */
const SETTLE_MS = 180;

interface OneOrganizerProps {
  readonly organizer: string;
  readonly all: () => void;
}

/** Whose events alone are shown, and the way back to all. */
export function OneOrganizer({ organizer, all }: OneOrganizerProps): JSX.Element {
  return (
    <button
      type="button"
      className={classes(tabs.tab, tabs.picked)}
      aria-label={`Show events of all organizers, not only of ${shortAddress(organizer)}`}
      onClick={all}
    >
      <span className="ellipsis">{shortAddress(organizer)}</span> <IconX size={12} aria-hidden />
    </button>
  );
}

interface ListToolsProps<Order extends { readonly search: string; readonly organizer: string | null }> {
  readonly label: string;
  readonly order: Order;
  readonly setOrder: (order: Order) => void;
  readonly children?: ReactNode;
}

/** The search of a list, and whose events alone it shows. */
export function ListTools<Order extends { readonly search: string; readonly organizer: string | null }>({
  label,
  order,
  setOrder,
  children,
}: ListToolsProps<Order>): JSX.Element {
  const [text, setText] = useState(order.search);
  const search = useDebouncedCallback((typed: string) => {
    setOrder({ ...order, search: typed });
  }, SETTLE_MS);
  return (
    <div className={classes(styles.listTools, frame.tools)}>
      <FilterField
        label={label}
        text={text}
        change={(typed) => {
          setText(typed);
          search(typed);
        }}
      />
      {order.organizer !== null && (
        <OneOrganizer
          organizer={order.organizer}
          all={() => {
            setOrder({ ...order, organizer: null });
          }}
        />
      )}
      {children}
    </div>
  );
}
