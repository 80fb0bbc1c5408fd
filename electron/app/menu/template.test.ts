import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { COMMANDS, MENU_KEYS, STANDARD_ITEMS } from '../../../shared/model/shortcuts.ts';
import type { RecentItem } from '../recents.ts';
import { menuTemplate, type MenuDeeds } from './template.ts';

type Item = MenuItemConstructorOptions;

const NO_DEEDS: MenuDeeds = {
  command: () => undefined,
  openRecent: () => undefined,
  clearRecents: () => undefined,
  link: () => undefined,
};
const RECENTS: readonly RecentItem[] = [
  { kind: 'backup', id: 'a', label: 'anna & bob.zip (/srv)' },
  { kind: 'backup', id: 'b', label: 'nightly (/srv)' },
  { kind: 'server', id: 'c', label: 'Office (admin)' },
];
const PLATFORMS = ['linux', 'win32', 'darwin'];

function build(platform: string, recents = RECENTS, deeds = NO_DEEDS): Item[] {
  return menuTemplate({ platform, isDevelopment: true, recents }, deeds);
}

function childrenOf({ submenu }: Item): Item[] {
  return Array.isArray(submenu) ? submenu : [];
}

function everyItem(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...everyItem(childrenOf(item))]);
}

/** The letter or digit after a single `&`. */
function mnemonic({ label = '' }: Item): string | undefined {
  return /&([^&])/.exec(label.replaceAll('&&', ''))?.[1]?.toLowerCase();
}

/** All menus of a bar: the bar itself, then each list of items. */
function menusIn(items: readonly Item[]): (readonly Item[])[] {
  return [items, ...items.flatMap((item) => (childrenOf(item).length > 0 ? menusIn(childrenOf(item)) : []))];
}

describe.each(['linux', 'win32'])('the menu on %s', (platform) => {
  test('every menu and every item has a letter of its own', () => {
    for (const menu of menusIn(build(platform))) {
      const named = menu.filter(({ type }) => type !== 'separator');
      const letters = named.map(mnemonic);
      expect(letters, named.map(({ label }) => label).join(', ')).not.toContain(undefined);
      expect(new Set(letters).size, named.map(({ label }) => label).join(', ')).toBe(letters.length);
    }
  });

  test('Alt with F, E, V, W and H opens a menu', () => {
    expect(build(platform).map(mnemonic)).toEqual(['f', 'e', 'v', 'w', 'h']);
  });

  test('has no "Zoom" in Window', () => {
    const window = build(platform).find(({ label }) => label === '&Window');
    expect(childrenOf(window ?? {}).map(({ role }) => role)).not.toContain('zoom');
  });
});

describe.each(PLATFORMS)('the keys of the menu on %s', (platform) => {
  const items = everyItem(build(platform));

  test('are those of the list of shortcuts, each once', () => {
    const bound = items.flatMap(({ id, role, accelerator }) =>
      accelerator === undefined ? [] : [[id ?? role, accelerator]],
    );
    const listed = Object.entries(MENU_KEYS).map(([id, { keys }]) => [id, keys[0]]);
    expect(bound.sort()).toEqual(listed.sort());
    expect(new Set(bound.map(([, key]) => key)).size).toBe(bound.length);
  });

  test('and every command has an item', () => {
    const ids = items.map(({ id, role }) => id ?? role);
    for (const one of [...COMMANDS, ...STANDARD_ITEMS]) expect(ids).toContain(one);
  });

  test('leave a sign that can be typed to the page', () => {
    expect(items.find(({ id }) => id === 'shortcuts')).toMatchObject({ accelerator: '?', registerAccelerator: false });
  });
});

describe('an item', () => {
  test('asks the window for its command', () => {
    const asked: string[] = [];
    const items = everyItem(build('linux', [], { ...NO_DEEDS, command: (command) => asked.push(command) }));
    for (const command of COMMANDS) press(items.find(({ id }) => id === command));
    expect(asked).toEqual([...COMMANDS]);
  });

  test('of "Open recent" opens what it names, ampersands and all; the last one clears the list', () => {
    const done: string[] = [];
    const deeds: MenuDeeds = {
      ...NO_DEEDS,
      openRecent: ({ id }) => done.push(id),
      clearRecents: () => done.push('cleared'),
    };
    const recent = everyItem(build('linux', RECENTS, deeds)).find(({ label }) => label === 'Open re&cent');
    const items = childrenOf(recent ?? {}).filter(({ type }) => type !== 'separator');
    expect(items.map(({ label }) => label)).toEqual([
      '&1 anna && bob.zip (/srv)',
      '&2 nightly (/srv)',
      '&3 Office (admin)',
      '&Clear this list',
    ]);
    for (const item of items) press(item);
    expect(done).toEqual(['a', 'b', 'c', 'cleared']);
  });
});

function press(item: Item | undefined): void {
  // None of ours looks at what it is given.
  (item?.click as unknown as (() => void) | undefined)?.();
}
