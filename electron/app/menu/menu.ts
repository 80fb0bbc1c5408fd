import { Menu, shell } from 'electron';
import type { Command } from '../../../shared/model/shortcuts.ts';
import { DRAFT_URL, mayOpen, README_URL } from '../links.ts';
import type { RecentItem, Recents } from '../recents.ts';
import { menuTemplate } from './template.ts';

interface MenuPorts {
  readonly recents: Recents;
  readonly isDevelopment: boolean;
  readonly command: (command: Command) => void;
  readonly openRecent: (item: RecentItem) => void;
}

/** Puts up the application menu, and anew whenever what was opened last has changed. */
export function setMenu({ recents, isDevelopment, command, openRecent }: MenuPorts): void {
  const show = (): void => {
    const state = { platform: process.platform, isDevelopment, recents: recents.items() };
    const template = menuTemplate(state, {
      command,
      openRecent,
      clearRecents: () => void recents.clear(),
      link: (which) => {
        const address = which === 'draft' ? DRAFT_URL : README_URL;
        if (mayOpen(address)) void shell.openExternal(address);
      },
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  recents.onChange(show);
  show();
}
