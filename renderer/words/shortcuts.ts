import {
  CALENDAR_KEYS,
  HEAD_KEYS,
  keyWords,
  LIST_KEYS,
  MENU_KEYS,
  type MenuId,
  type Shortcut,
} from '../../shared/model/shortcuts.ts';

interface ShownShortcut {
  /** Each of them does it. */
  readonly keys: readonly string[];
  readonly does: string;
}

interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly ShownShortcut[];
}

const MENU_GROUPS: readonly { readonly title: string; readonly ids: readonly MenuId[] }[] = [
  { title: 'Jobs', ids: ['new-restore', 'open-backup', 'migrate', 'cleanup'] },
  {
    title: 'Go to',
    ids: ['go-restore', 'go-migrate', 'go-cleanup', 'go-history', 'go-servers', 'go-practice', 'find'],
  },
  {
    title: 'Window and help',
    ids: ['settings', 'help', 'shortcuts', 'zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen', 'close', 'quit'],
  },
  { title: 'Text', ids: ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] },
];

/** Every key there is, for the list that `?` shows. */
export function shortcutGroups(platform: string): readonly ShortcutGroup[] {
  const shown = ({ keys, does }: Shortcut): ShownShortcut => ({
    keys: keys.map((key) => keyWords(key, platform)),
    does,
  });
  return [
    ...MENU_GROUPS.map(({ title, ids }) => ({
      title,
      shortcuts: ids.flatMap((id) => (MENU_KEYS[id] === undefined ? [] : [shown(MENU_KEYS[id])])),
    })),
    { title: 'In a list of events or mailboxes', shortcuts: Object.values(LIST_KEYS).map(shown) },
    { title: 'On the head of a column', shortcuts: Object.values(HEAD_KEYS).map(shown) },
    { title: 'In a week or month', shortcuts: Object.values(CALENDAR_KEYS).map(shown) },
  ];
}
