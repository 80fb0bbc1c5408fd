import { LIST_KEYS, pressedOf, type Pressed } from '../../../shared/model/shortcuts.ts';

/** The row that a key leads to, with Shift and Ctrl as without; null for a key that leads nowhere. */
export function rowByKey({ key }: Pick<Pressed, 'key'>, at: number, total: number, page: number): number | null {
  switch (pressedOf(LIST_KEYS, { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false })) {
    case 'down':
      return Math.min(total - 1, at + 1);
    case 'up':
      return Math.max(0, at - 1);
    case 'pageDown':
      return Math.min(total - 1, at + page);
    case 'pageUp':
      return Math.max(0, at - page);
    case 'first':
      return 0;
    case 'last':
      return total - 1;
    default:
      return null;
  }
}
