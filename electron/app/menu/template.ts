import type { MenuItemConstructorOptions } from 'electron';
import { MENU_KEYS, type Command, type MenuId, type StandardItem } from '../../../shared/model/shortcuts.ts';
import type { RecentItem } from '../recents.ts';

/** What the items of the menu do. */
export interface MenuDeeds {
  readonly command: (command: Command) => void;
  readonly openRecent: (item: RecentItem) => void;
  readonly clearRecents: () => void;
  readonly link: (which: 'readme' | 'draft') => void;
}

interface MenuState {
  readonly platform: string;
  readonly isDevelopment: boolean;
  readonly recents: readonly RecentItem[];
}

type Item = MenuItemConstructorOptions;

/** The application menu. The letter after `&` opens an item by keyboard: one letter for each item of a menu. */
export function menuTemplate(state: MenuState, deeds: MenuDeeds): Item[] {
  const mac = state.platform === 'darwin';
  const item = (id: Command, label: string): Item => ({
    id,
    label,
    ...acceleratorOf(id),
    click: () => {
      deeds.command(id);
    },
  });
  const settings = item('settings', '&Settings…');
  const about = item('about', '&About Hushcal');
  const menus: Item[] = [
    {
      label: '&File',
      submenu: [
        item('new-restore', '&Restore a backup…'),
        item('open-backup', '&Open a backup…'),
        { label: 'Open re&cent', submenu: recentItems(state.recents, deeds) },
        LINE,
        item('migrate', '&Migrate mailboxes…'),
        item('cleanup', 'Clean &up calendars…'),
        LINE,
        ...(mac ? [standard('close', 'C&lose window')] : [settings, LINE, standard('quit', '&Quit')]),
      ],
    },
    { label: '&Edit', submenu: editItems(item) },
    { label: '&View', submenu: viewItems(item, state.isDevelopment) },
    {
      label: '&Window',
      ...(mac ? { role: 'window' as const } : {}),
      submenu: [
        { role: 'minimize', label: '&Minimize' },
        // Elsewhere "Zoom" is what the View menu does with the page.
        ...(mac
          ? [{ role: 'zoom' as const, label: '&Zoom' }, LINE, { role: 'front' as const, label: '&Bring to front' }]
          : []),
        ...(mac ? [] : [standard('close', '&Close')]),
      ],
    },
    {
      label: '&Help',
      ...(mac ? { role: 'help' as const } : {}),
      submenu: [
        item('help', '&Help and glossary'),
        item('shortcuts', '&Keyboard shortcuts'),
        LINE,
        item('diagnostics', 'Save &diagnostics…'),
        LINE,
        link('Hushcal on the &web', 'readme', deeds),
        link('The d&raft on scheduling controls', 'draft', deeds),
        ...(mac ? [] : [LINE, about]),
      ],
    },
  ];
  return mac ? [macAppMenu(about, settings), ...menus] : menus;
}

const LINE: Item = { type: 'separator' };

function acceleratorOf(id: MenuId): Item {
  const accelerator = MENU_KEYS[id]?.keys[0];
  if (accelerator === undefined) return {};
  // A sign that a person may want to type is the page's: it knows whether a field has the focus.
  return { accelerator, ...(accelerator.length === 1 ? { registerAccelerator: false } : {}) };
}

function standard(role: StandardItem, label: string): Item {
  return { role, label, ...acceleratorOf(role) };
}

function editItems(item: (id: Command, label: string) => Item): Item[] {
  return [
    standard('undo', '&Undo'),
    standard('redo', '&Redo'),
    LINE,
    standard('cut', 'Cu&t'),
    standard('copy', '&Copy'),
    standard('paste', '&Paste'),
    standard('selectAll', 'Select &all'),
    LINE,
    item('find', '&Find'),
  ];
}

function viewItems(item: (id: Command, label: string) => Item, isDevelopment: boolean): Item[] {
  return [
    item('go-restore', '&Restore'),
    item('go-migrate', '&Migrate'),
    item('go-cleanup', '&Clean up'),
    item('go-history', '&History'),
    item('go-servers', '&Servers'),
    item('go-practice', '&Practice'),
    LINE,
    standard('resetZoom', '&Actual size'),
    standard('zoomIn', 'Lar&ger'),
    standard('zoomOut', 'Sma&ller'),
    standard('togglefullscreen', '&Full screen'),
    ...(isDevelopment ? [LINE, { role: 'toggleDevTools' as const, label: '&Developer tools' }] : []),
  ];
}

function recentItems(recents: readonly RecentItem[], deeds: MenuDeeds): Item[] {
  if (recents.length === 0) return [{ label: '&Nothing yet', enabled: false }];
  const shown = recents.map((recent, at): Item => ({
    label: `&${String(at + 1)} ${literal(recent.label)}`,
    click: () => {
      deeds.openRecent(recent);
    },
  }));
  const servers = recents.findIndex(({ kind }) => kind === 'server');
  if (servers > 0) shown.splice(servers, 0, LINE);
  return [...shown, LINE, { label: '&Clear this list', click: deeds.clearRecents }];
}

/** An ampersand of a name is no mark of a letter. */
function literal(label: string): string {
  return label.replaceAll('&', '&&');
}

function link(label: string, which: 'readme' | 'draft', deeds: MenuDeeds): Item {
  return {
    label,
    click: () => {
      deeds.link(which);
    },
  };
}

function macAppMenu(about: Item, settings: Item): Item {
  return {
    label: 'Hushcal',
    submenu: [
      about,
      LINE,
      settings,
      LINE,
      { role: 'services' },
      LINE,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      LINE,
      standard('quit', '&Quit Hushcal'),
    ],
  };
}
