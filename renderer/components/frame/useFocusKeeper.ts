import { useEffect } from 'react';

/** How many of the elements that had the focus are remembered. */
const REMEMBERED = 20;

/** What a keyboard can go on from when the control in it is gone. */
const PLACES = '[role="dialog"], [role="alertdialog"], form, fieldset, section, main';

/** Held weakly: a field that was taken out, and a password in it, are not kept alive by this. */
interface Visit {
  readonly element: WeakRef<HTMLElement>;
  /** Its ancestors, inside first: what is taken out of the page knows them no more. */
  readonly above: readonly WeakRef<HTMLElement>[];
}

/**
 * Keeps the focus in the page. A browser drops it on `body` when its control is taken out or disabled; keyboard and screen
 * reader would begin at the top of the window. It goes to what surrounds the control, or where it was before a dialog.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    const visits: Visit[] = [];
    let waiting: WeakRef<HTMLElement> | null = null;
    let frame = 0;
    const remember = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement) || target === document.body) return;
      if (visits.at(-1)?.element.deref() === target) return;
      visits.push(visitOf(target));
      if (visits.length > REMEMBERED) visits.shift();
      if (!isPlace(target)) waiting = null;
    };
    const look = (): void => {
      frame = 0;
      // A control that was only disabled for a while gets the focus back.
      const disabled = waiting?.deref();
      if (disabled !== undefined && isUsable(disabled)) {
        if (isPlace(document.activeElement)) disabled.focus({ preventScroll: true });
        if (document.activeElement === disabled) waiting = null;
        return;
      }
      const last = visits.at(-1);
      const element = last?.element.deref();
      if (last === undefined || !isLost(document.activeElement)) return;
      if (element !== undefined && isUsable(element)) return;
      if (element?.isConnected === true && !isPlace(element)) waiting = last.element;
      focusNear(visits);
    };
    const changed = (records: readonly MutationRecord[]): void => {
      const last = visits.at(-1)?.element;
      const element = last?.deref();
      // It may be usable again before anybody looks, and the focus is gone all the same.
      const off = records.some(({ attributeName, target }) => attributeName === 'disabled' && target === element);
      if (off && element !== undefined && !isPlace(element)) waiting = last ?? null;
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

function visitOf(element: HTMLElement): Visit {
  const above: WeakRef<HTMLElement>[] = [];
  for (let at = element.parentElement; at !== null && at !== document.body; at = at.parentElement) {
    if (at.matches(PLACES)) above.push(new WeakRef(at));
  }
  return { element: new WeakRef(element), above };
}

function focusNear(visits: readonly Visit[]): void {
  const place = visits
    .at(-1)
    ?.above.map((one) => one.deref())
    .find((one) => one !== undefined && isUsable(one));
  const before = visits.map(({ element }) => element.deref()).findLast((one) => one !== undefined && isUsable(one));
  const target = place ?? before ?? document.getElementById('page');
  if (target === null) return;
  if (target === place && !target.hasAttribute('tabindex')) {
    target.tabIndex = -1;
    target.dataset['place'] = '';
  }
  target.focus({ preventScroll: true });
}

/** A control that was disabled has it until the window is drawn, and loses it then without a sign. */
function isLost(active: Element | null): boolean {
  return active === document.body || active?.matches(':disabled') === true;
}

function isPlace(element: Element | null): boolean {
  return element === document.body || (element instanceof HTMLElement && element.dataset['place'] !== undefined);
}

function isUsable(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled') && element.getClientRects().length > 0;
}
