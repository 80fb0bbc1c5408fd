import { useId, type JSX, type KeyboardEvent, type ReactNode } from 'react';
import { classes } from '../classes.ts';
import frame from './frame.module.css';
import styles from './tabs.module.css';

interface Tab<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly tone?: 'warn' | 'bad';
}

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly now: T;
  readonly choose: (tab: T) => void;
  /** Beside the tabs. */
  readonly aside?: ReactNode;
  readonly className?: string;
  /** The panel scrolls by itself, so it must be reached by keyboard. */
  readonly scrolls?: boolean;
  readonly children: ReactNode;
}

/** Tabs with the keyboard of the ARIA pattern: arrows, Home and End move and choose. */
export function Tabs<T extends string>(props: TabsProps<T>): JSX.Element {
  const { label, tabs, now, choose, aside, className = frame.tools, scrolls = false, children } = props;
  const id = useId();
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next = nextTab(
      event.key,
      tabs.findIndex((tab) => tab.id === now),
      tabs.length,
    );
    const tab = next === null ? undefined : tabs[next];
    if (tab === undefined) return;
    event.preventDefault();
    choose(tab.id);
    document.getElementById(`${id}${tab.id}`)?.focus();
  };
  return (
    <>
      <div className={className}>
        <div className={styles.tabs} role="tablist" aria-label={label} onKeyDown={move}>
          {tabs.map((tab) => (
            <button
              key={tab.id}
              id={`${id}${tab.id}`}
              type="button"
              role="tab"
              className={classes(styles.tab, tab.tone !== undefined && styles[tab.tone])}
              aria-selected={tab.id === now}
              aria-controls={`${id}panel`}
              tabIndex={tab.id === now ? 0 : -1}
              onClick={() => {
                choose(tab.id);
              }}
            >
              {tab.label}
            </button>
          ))}
        </div>
        {aside}
      </div>
      <div role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${now}`} tabIndex={scrolls ? 0 : undefined}>
        {children}
      </div>
    </>
  );
}

function nextTab(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
