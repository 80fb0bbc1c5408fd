import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useApp, type Theme } from '../../stores/app.ts';

const THEMES: readonly { readonly id: Theme; readonly label: string; readonly icon: typeof IconSun }[] = [
  { id: 'light', label: 'Light', icon: IconSun },
  { id: 'dark', label: 'Dark', icon: IconMoon },
  { id: 'system', label: 'System', icon: IconDeviceDesktop },
];

export function ThemeSwitch(): JSX.Element {
  const theme = useApp((state) => state.theme);
  const setTheme = useApp((state) => state.setTheme);
  return (
    <div className="themes" role="radiogroup" aria-label="Appearance">
      {THEMES.map(({ id, label, icon: Icon }) => (
        <button
          key={id}
          type="button"
          role="radio"
          aria-checked={theme === id}
          aria-label={label}
          title={label}
          onClick={() => void setTheme(id)}
        >
          <Icon size={14} aria-hidden />
        </button>
      ))}
    </div>
  );
}
