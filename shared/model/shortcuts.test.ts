import { describe, expect, test } from 'vitest';
import { isPressed, keyWords, LIST_KEYS, MENU_KEYS, pressedOf, type Pressed } from './shortcuts.ts';

const BARE: Pressed = { key: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, with_: Partial<Pressed> = {}): Pressed => ({ ...BARE, key, ...with_ });

describe('a key press', () => {
  test.each([
    [['CmdOrCtrl+F'], press('f', { ctrlKey: true }), true],
    [['CmdOrCtrl+F'], press('F', { metaKey: true }), true],
    [['CmdOrCtrl+F'], press('f'), false],
    [['CmdOrCtrl+F'], press('f', { ctrlKey: true, shiftKey: true }), false],
    [['CmdOrCtrl+F'], press('f', { ctrlKey: true, altKey: true }), false],
    [['?'], press('?', { shiftKey: true }), true],
    [['?'], press('?'), true],
    [['?'], press('?', { ctrlKey: true }), false],
    [['Space'], press(' '), true],
    [['Shift+F10'], press('F10', { shiftKey: true }), true],
    [['ArrowUp', 'ArrowDown'], press('ArrowDown'), true],
    [['ArrowUp'], press('ArrowUp', { shiftKey: true }), false],
  ])('%j is found in %o: %s', (keys, pressed, found) => {
    expect(isPressed({ keys, does: '' }, pressed)).toBe(found);
  });

  test('is the one of a list, or none', () => {
    expect(pressedOf(LIST_KEYS, press('a', { ctrlKey: true }))).toBe('markAll');
    expect(pressedOf(LIST_KEYS, press('ArrowDown', { shiftKey: true }))).toBe('mark');
    expect(pressedOf(LIST_KEYS, press('a'))).toBeNull();
  });
});

describe('the lists', () => {
  test('give no key two meanings', () => {
    for (const list of [MENU_KEYS, LIST_KEYS]) {
      const keys = Object.values(list).flatMap((shortcut) => [...shortcut.keys]);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

test('keys are said as each system says them', () => {
  expect(keyWords('CmdOrCtrl+Shift+M', 'linux')).toBe('Ctrl+Shift+M');
  expect(keyWords('CmdOrCtrl+Shift+M', 'darwin')).toBe('⌘⇧M');
  expect(keyWords('CmdOrCtrl+Plus', 'win32')).toBe('Ctrl++');
  expect(keyWords('Shift+ArrowUp', 'linux')).toBe('Shift+↑');
});
