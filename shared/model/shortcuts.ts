/*
 * The keys of the window, once: the application menu takes its accelerators from here, the page its handlers, and the list
 * that `?` shows is made of it.
 */

/** What a menu item or a key asks the window to do. */
export const COMMANDS = [
  'new-restore',
  'open-backup',
  'migrate',
  'cleanup',
  'settings',
  'find',
  'go-restore',
  'go-migrate',
  'go-cleanup',
  'go-history',
  'go-servers',
  'go-practice',
  'help',
  'shortcuts',
  'diagnostics',
  'about',
] as const;
export type Command = (typeof COMMANDS)[number];

/** Items of the menu that the system itself carries out. */
export const STANDARD_ITEMS = [
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'selectAll',
  'resetZoom',
  'zoomIn',
  'zoomOut',
  'togglefullscreen',
  'close',
  'quit',
] as const;
export type StandardItem = (typeof STANDARD_ITEMS)[number];

export interface Shortcut {
  /** As Electron writes an accelerator. Several: each of them does it. */
  readonly keys: readonly string[];
  readonly does: string;
}

export type MenuId = Command | StandardItem;

/** Those of the application menu. A command that is not here has no key. */
export const MENU_KEYS: Readonly<Partial<Record<MenuId, Shortcut>>> = {
  'new-restore': { keys: ['CmdOrCtrl+N'], does: 'Begin a new restore' },
  'open-backup': { keys: ['CmdOrCtrl+O'], does: 'Choose a backup' },
  migrate: { keys: ['CmdOrCtrl+Shift+M'], does: 'Migrate mailboxes' },
  cleanup: { keys: ['CmdOrCtrl+Shift+D'], does: 'Clean up calendars' },
  'go-restore': { keys: ['CmdOrCtrl+1'], does: 'Restore' },
  'go-migrate': { keys: ['CmdOrCtrl+2'], does: 'Migrate' },
  'go-cleanup': { keys: ['CmdOrCtrl+3'], does: 'Clean up' },
  'go-history': { keys: ['CmdOrCtrl+4'], does: 'History' },
  'go-servers': { keys: ['CmdOrCtrl+5'], does: 'Servers' },
  'go-practice': { keys: ['CmdOrCtrl+6'], does: 'Practice' },
  find: { keys: ['CmdOrCtrl+F'], does: 'Go to the search field' },
  settings: { keys: ['CmdOrCtrl+,'], does: 'Settings' },
  help: { keys: ['F1'], does: 'Help and glossary' },
  shortcuts: { keys: ['?'], does: 'This list' },
  undo: { keys: ['CmdOrCtrl+Z'], does: 'Undo typing' },
  redo: { keys: ['CmdOrCtrl+Shift+Z'], does: 'Redo typing' },
  cut: { keys: ['CmdOrCtrl+X'], does: 'Cut' },
  copy: { keys: ['CmdOrCtrl+C'], does: 'Copy' },
  paste: { keys: ['CmdOrCtrl+V'], does: 'Paste' },
  selectAll: { keys: ['CmdOrCtrl+A'], does: 'Select all' },
  resetZoom: { keys: ['CmdOrCtrl+0'], does: 'Actual size' },
  zoomIn: { keys: ['CmdOrCtrl+Plus'], does: 'Larger' },
  zoomOut: { keys: ['CmdOrCtrl+-'], does: 'Smaller' },
  togglefullscreen: { keys: ['F11'], does: 'Full screen' },
  close: { keys: ['CmdOrCtrl+W'], does: 'Close the window' },
  quit: { keys: ['CmdOrCtrl+Q'], does: 'Quit' },
};

/** Those of lists and calendars: the page has them while the focus is there. */
export const LIST_KEYS = {
  up: { keys: ['ArrowUp'], does: 'The row above' },
  down: { keys: ['ArrowDown'], does: 'The row below' },
  pageUp: { keys: ['PageUp'], does: 'A page up' },
  pageDown: { keys: ['PageDown'], does: 'A page down' },
  first: { keys: ['Home'], does: 'The first row' },
  last: { keys: ['End'], does: 'The last row' },
  mark: {
    keys: ['Shift+ArrowUp', 'Shift+ArrowDown', 'Shift+PageUp', 'Shift+PageDown', 'Shift+Home', 'Shift+End'],
    does: 'Mark rows up to there',
  },
  markAll: { keys: ['CmdOrCtrl+A'], does: 'Mark all rows' },
  tick: { keys: ['Space'], does: 'Include or leave out' },
  open: { keys: ['Enter'], does: 'Open the event' },
  close: { keys: ['Escape'], does: 'Close the event' },
  menu: { keys: ['Shift+F10'], does: 'The menu of the row' },
} as const satisfies Readonly<Record<string, Shortcut>>;

export const HEAD_KEYS = {
  sort: { keys: ['Enter'], does: 'Put the list in the order of the column' },
  next: { keys: ['ArrowLeft', 'ArrowRight'], does: 'Another column' },
  widen: { keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'], does: 'Make the column narrower or wider' },
} as const satisfies Readonly<Record<string, Shortcut>>;

export const CALENDAR_KEYS = {
  day: { keys: ['ArrowLeft', 'ArrowRight'], does: 'A day back or forth' },
  week: { keys: ['ArrowUp', 'ArrowDown'], does: 'A week back or forth' },
  month: { keys: ['PageUp', 'PageDown'], does: 'A month back or forth' },
  weekEnd: { keys: ['Home', 'End'], does: 'The first or last day of the week' },
  list: { keys: ['Enter'], does: 'The list of the day' },
  tick: { keys: ['Space'], does: 'Include or leave out all of the day' },
} as const satisfies Readonly<Record<string, Shortcut>>;

/** How a person says a key, on a Mac and elsewhere. */
export function keyWords(key: string, platform: string): string {
  const mac = platform === 'darwin';
  const said: Readonly<Record<string, string>> = {
    CmdOrCtrl: mac ? '⌘' : 'Ctrl',
    Shift: mac ? '⇧' : 'Shift',
    Plus: '+',
    '-': '−',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    PageUp: 'Page up',
    PageDown: 'Page down',
    Escape: 'Esc',
  };
  return key
    .split('+')
    .map((part) => said[part] ?? part)
    .join(mac ? '' : '+');
}

/** What is pressed, as a page hears it. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Whether a key press is one of a shortcut. A sign that itself needs Shift, such as `?`, is told by the sign alone. */
export function isPressed({ keys }: Shortcut, pressed: Pressed): boolean {
  return keys.some((key) => {
    const parts = key.split('+');
    const last = parts.at(-1) ?? '';
    const name = last === 'Space' ? ' ' : last === 'Plus' ? '+' : last;
    const isSign = name.length === 1 && !/[a-z0-9 ]/i.test(name);
    return (
      pressed.key.toLowerCase() === name.toLowerCase() &&
      (pressed.ctrlKey || pressed.metaKey) === parts.includes('CmdOrCtrl') &&
      !pressed.altKey &&
      (isSign || pressed.shiftKey === parts.includes('Shift'))
    );
  });
}

/** Which of some shortcuts a key press is; null for none of them. */
export function pressedOf<K extends string>(keys: Readonly<Record<K, Shortcut>>, pressed: Pressed): K | null {
  // An object has no other keys than those of its type here: the lists above are written out.
  return (Object.keys(keys) as K[]).find((name) => isPressed(keys[name], pressed)) ?? null;
}
