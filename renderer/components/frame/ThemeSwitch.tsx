import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import type { JSX, KeyboardEvent } from 'react';
import { useApp, type Theme } from '../../stores/app.ts';
import { classes } from '../classes.ts';
import styles from './rail.module.css';

const THEMES: readonly { readonly id: Theme; readonly label: string; readonly icon: typeof IconSun }[] = [
  { id: 'light', label: 'Light', icon: IconSun },
  { id: 'dark', label: 'Dark', icon: IconMoon },
  { id: 'system', label: 'System', icon: IconDeviceDesktop },
];

/** By how many places an arrow key goes on (ARIA authoring practices, radio group). */
const ARROWS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One stop of the Tab key; the arrows choose. `named`: with its words beside the pictures. */
export function ThemeSwitch({ named = false }: { readonly named?: boolean }): JSX.Element {
  const theme = useApp((state) => state.theme);
  const setTheme = useApp((state) => state.setTheme);
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = ARROWS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = (THEMES.findIndex(({ id }) => id === theme) + by + THEMES.length) % THEMES.length;
    const next = THEMES[at];
    if (next === undefined) return;
    void setTheme(next.id);
    event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')[at]?.focus();
  };
  return (
    <div
      className={classes(styles.themes, named && styles.themesNamed)}
      role="radiogroup"
      aria-label="Appearance"
      onKeyDown={move}
    >
      {THEMES.map(({ id, label, icon: Icon }) => (
        <button
          key={id}
          type="button"
          role="radio"
          aria-checked={theme === id}
          aria-label={label}
          title={label}
          tabIndex={theme === id ? 0 : -1}
          onClick={() => void setTheme(id)}
        >
          <Icon size={14} aria-hidden />
          {named && <span>{label}</span>}
        </button>
      ))}
    </div>
  );
}
