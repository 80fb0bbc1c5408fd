import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CALENDAR_KEYS, HEAD_KEYS, LIST_KEYS, MENU_KEYS } from '../../shared/model/shortcuts.ts';
import { dayByKey } from '../components/calendar/place.ts';
import { rowByKey } from '../components/list/by-key.ts';
import { shortcutGroups } from './shortcuts.ts';

describe('the list that "?" shows', () => {
  test('has every shortcut there is, once', () => {
    const all = [MENU_KEYS, LIST_KEYS, HEAD_KEYS, CALENDAR_KEYS].flatMap((list) =>
      Object.values(list).map(({ does }) => does),
    );
    const shown = shortcutGroups('linux').flatMap(({ shortcuts }) => shortcuts.map(({ does }) => does));
    expect(shown.sort()).toEqual(all.sort());
  });
});

const ROWS = ['up', 'down', 'pageUp', 'pageDown', 'first', 'last'] as const;

test.each(ROWS.flatMap((name) => LIST_KEYS[name].keys))('%s moves in a list', (key) => {
  expect(rowByKey({ key }, 50, 100, 10)).not.toBeNull();
  expect(rowByKey({ key }, 50, 100, 10)).not.toBe(50);
});

test('a list stays within its rows', () => {
  expect(rowByKey({ key: 'PageUp' }, 3, 100, 10)).toBe(0);
  expect(rowByKey({ key: 'PageDown' }, 95, 100, 10)).toBe(99);
  expect(rowByKey({ key: 'x' }, 3, 100, 10)).toBeNull();
});

const DAYS = ['day', 'week', 'month', 'weekEnd'] as const;

test.each(DAYS.flatMap((name) => CALENDAR_KEYS[name].keys))('%s moves in a calendar', (key) => {
  // A Wednesday.
  expect(dayByKey(key, 20_000, 1)).not.toBeNull();
});

/** Every component of the page. */
function components(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? components(path) : path.endsWith('.tsx') ? [path] : [];
  });
}

test('Ctrl+F finds every field with a magnifying glass', () => {
  for (const path of components(join(import.meta.dirname, '..'))) {
    const text = readFileSync(path, 'utf8');
    if (!text.includes('leftSection={<IconSearch')) continue;
    expect(text, path).toMatch(/type="search"|role="search"/);
  }
});
