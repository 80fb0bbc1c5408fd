import { useEffect } from 'react';

/** How many of the elements that had the focus are remembered. */
const REMEMBERED = 20;

/** What a keyboard can go on from when the control in it is gone. */
const PLACES = '[role="dialog"], [role="alertdialog"], form, fieldset, section, main';

interface Visit {
  readonly element: HTMLElement;
  /** Its ancestors, inside first: what is taken out of the page knows them no more. */
  readonly above: readonly HTMLElement[];
}

/**
 * Keeps the focus in the page. A browser drops it on `body` when its control is taken out or disabled; keyboard and screen
 * reader would begin at the top of the window. It goes to what surrounds the control, or where it was before a dialog.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    const visits: Visit[] = [];
    let waiting: HTMLElement | null = null;
    let frame = 0;
    const remember = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement) || target === document.body) return;
      if (visits.at(-1)?.element === target) return;
      visits.push({ element: target, above: ancestors(target) });
      if (visits.length > REMEMBERED) visits.shift();
      if (target !== waiting && !waiting?.matches(':disabled')) waiting = null;
    };
    const look = (): void => {
      frame = 0;
      const last = visits.at(-1);
      // A control that was only disabled for a while gets the focus back.
      if (waiting !== null && waiting.isConnected && !isDisabled(waiting) && isPlace(document.activeElement)) {
        waiting.focus({ preventScroll: true });
        waiting = null;
        return;
      }
      if (last === undefined || document.activeElement !== document.body || isUsable(last.element)) return;
      waiting = last.element.isConnected ? last.element : null;
      focusNear(visits);
    };
    const changed = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    const observer = new MutationObserver(changed);
    document.addEventListener('focusin', remember);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['disabled', 'hidden'],
    });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, []);
}

function ancestors(element: HTMLElement): readonly HTMLElement[] {
  const above: HTMLElement[] = [];
  for (let at = element.parentElement; at !== null && at !== document.body; at = at.parentElement) above.push(at);
  return above;
}

function focusNear(visits: readonly Visit[]): void {
  const place = visits.at(-1)?.above.find((one) => one.isConnected && one.matches(PLACES));
  const before = visits.findLast(({ element }) => isUsable(element))?.element;
  const target = place ?? before ?? document.getElementById('page');
  if (target === null) return;
  if (target === place && !target.hasAttribute('tabindex')) {
    target.tabIndex = -1;
    target.dataset['place'] = '';
  }
  target.focus({ preventScroll: true });
}

function isPlace(element: Element | null): boolean {
  return element === document.body || (element instanceof HTMLElement && element.dataset['place'] !== undefined);
}

function isDisabled(element: HTMLElement): boolean {
  return element.matches(':disabled, [data-disabled]');
}

function isUsable(element: HTMLElement): boolean {
  return element.isConnected && !isDisabled(element) && element.getClientRects().length > 0;
}
