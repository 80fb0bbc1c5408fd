import { useEffect } from 'react';

/** Elements above the one under the pointer that are looked at for cut text. */
const LEVELS = 4;

/** What every desktop window does, whatever is in it: Ctrl+F finds the search field, and cut text shows in full. */
export function useDesktopHabits(): void {
  useEffect(() => {
    document.addEventListener('keydown', findByKey);
    document.addEventListener('pointerover', showCutText);
    return () => {
      document.removeEventListener('keydown', findByKey);
      document.removeEventListener('pointerover', showCutText);
    };
  }, []);
}

function findByKey(event: KeyboardEvent): void {
  if (event.key.toLowerCase() !== 'f' || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
  const dialog = document.querySelector('[role="dialog"]');
  const fields = (dialog ?? document).querySelectorAll<HTMLInputElement>('input[type="search"], [role="search"] input');
  const field = [...fields].find((one) => one.checkVisibility());
  if (field === undefined) return;
  event.preventDefault();
  field.focus();
  field.select();
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
