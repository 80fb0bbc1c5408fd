import { useEffect } from 'react';

/** Elements above the one under the pointer that are looked at for cut text. */
const LEVELS = 4;

/** What every desktop window does, whatever is in it: cut text shows in full. */
export function useDesktopHabits(): void {
  useEffect(() => {
    document.addEventListener('pointerover', showCutText);
    return () => {
      document.removeEventListener('pointerover', showCutText);
    };
  }, []);
}

/** Sets the tooltip of text that ends in an ellipsis, and takes it away where the text has room again. */
function showCutText(event: PointerEvent): void {
  let element = event.target instanceof HTMLElement ? event.target : null;
  for (let level = 0; element !== null && level < LEVELS; level += 1, element = element.parentElement) {
    if (getComputedStyle(element).textOverflow !== 'ellipsis') continue;
    const isOurs = element.dataset['cut'] !== undefined;
    if (element.title !== '' && !isOurs) return;
    if (element.scrollWidth > element.clientWidth) {
      element.title = element.textContent.trim();
      element.dataset['cut'] = '';
    } else if (isOurs) {
      element.removeAttribute('title');
      delete element.dataset['cut'];
    }
    return;
  }
}
