import { Menu, shell, type MenuItemConstructorOptions } from 'electron';
import type { PushData } from '../../shared/ipc/contract.ts';
import { APP_NAME } from './constants.ts';
import { DRAFT_URL, mayOpen, README_URL } from './links.ts';

type Screen = PushData<'app.navigate'>['screen'];

/** The application menu. `goTo` asks the window to show a screen. */
export function setMenu(goTo: (screen: Screen) => void, isDevelopment: boolean): void {
  const screen = (label: string, name: Screen, accelerator: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => {
      goTo(name);
    },
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        screen('Restore a backup…', 'restore', 'CmdOrCtrl+N'),
        screen('Migrate mailboxes…', 'migrate', 'CmdOrCtrl+Shift+M'),
        screen('Clean up calendars…', 'cleanup', 'CmdOrCtrl+Shift+D'),
        { type: 'separator' },
        process.platform === 'darwin' ? { role: 'close' } : { role: 'quit', accelerator: 'CmdOrCtrl+Q' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        screen('Restore', 'restore', 'CmdOrCtrl+1'),
        screen('Migrate', 'migrate', 'CmdOrCtrl+2'),
        screen('Clean up', 'cleanup', 'CmdOrCtrl+3'),
        screen('History', 'history', 'CmdOrCtrl+4'),
        screen('Servers', 'servers', 'CmdOrCtrl+5'),
        screen('Practice', 'practice', 'CmdOrCtrl+6'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(isDevelopment ? [{ type: 'separator' as const }, { role: 'toggleDevTools' as const }] : []),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        screen(`${APP_NAME} help`, 'help', 'F1'),
        link('About this project', README_URL),
        link('The draft on scheduling controls', DRAFT_URL),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function link(label: string, address: string): MenuItemConstructorOptions {
  return {
    label,
    click: () => {
      if (mayOpen(address)) void shell.openExternal(address);
    },
  };
}
