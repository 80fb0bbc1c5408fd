import { expect } from '@playwright/test';
import type { RunningApp } from './app.ts';

export interface Shape {
  /** Of the inside of the window, in pixels of the screen. */
  readonly width: number;
  readonly height: number;
  /** 1.5 is 150 %. */
  readonly zoom: number;
}

/** Gives the window this size and zoom, as a person does with the mouse and the View menu. */
export async function shape(app: RunningApp, { width, height, zoom }: Shape): Promise<void> {
  await app.electron.evaluate(
    ({ BrowserWindow }, wanted) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(wanted.width, wanted.height);
      window?.webContents.setZoomFactor(wanted.zoom);
    },
    { width, height, zoom },
  );
  // Chromium rounds: half a pixel of the screen at most.
  await untilSo(app, `Math.abs(innerWidth * devicePixelRatio - ${width}) < 1.5 && devicePixelRatio === ${zoom}`);
}

/**
 * Lays the page out as in windows of these shapes, one after the other, and looks at each. The window itself stays as it
 * is, and the page fills it again at the end: to draw each size on a screen costs a third more than to lay it out.
 */
export async function inShapes(
  app: RunningApp,
  shapes: readonly Shape[],
  look: (shape: Shape) => Promise<void>,
): Promise<void> {
  const own = await app.page.evaluate<string>(SHOWN);
  const session = await app.page.context().newCDPSession(app.page);
  try {
    for (const shown of shapes) {
      // In CSS pixels; less than one is cut off, as a window does.
      const [width, height] = [Math.floor(shown.width / shown.zoom), Math.floor(shown.height / shown.zoom)];
      const wanted = `${width} ${height} ${shown.zoom}`;
      if ((await app.page.evaluate<string>(SHOWN)) !== wanted) {
        const metrics = { width, height, deviceScaleFactor: shown.zoom, mobile: false };
        await session.send('Emulation.setDeviceMetricsOverride', metrics);
        await untilSo(app, `${SHOWN} === '${wanted}'`);
      }
      await look(shown);
    }
  } finally {
    await session.send('Emulation.clearDeviceMetricsOverride');
    await session.detach();
  }
  await untilSo(app, `${SHOWN} === '${own}'`);
}

const SHOWN = '[innerWidth, innerHeight, devicePixelRatio].join(" ")';

/** Waits in the page until this is so, picture by picture, and for two more pictures; says what it waited for. */
async function untilSo(app: RunningApp, expression: string): Promise<void> {
  const isSo = await app.page.evaluate<boolean>(`new Promise((done) => {
    const until = performance.now() + 15_000;
    const look = () => {
      if (${expression}) requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
      else if (performance.now() > until) done(false);
      else requestAnimationFrame(look);
    };
    look();
  })`);
  expect(isSo, expression).toBe(true);
}

/**
 * What is wrong with the layout on screen, as sentences; see LAYOUT. What measures itself (a list, its columns) follows the
 * window on a busy machine some pictures later: a fault is what lasts.
 */
export async function layoutFaults(app: RunningApp): Promise<readonly string[]> {
  const until = performance.now() + 3000;
  for (;;) {
    const faults = await app.page.evaluate<readonly string[]>(LAYOUT);
    if (faults.length === 0 || performance.now() > until) return faults;
    await app.page.waitForTimeout(100);
  }
}

/**
 * Runs in the page; a string, because this file is compiled without the DOM. By boxes: no two controls lie over each
 * other; each can be scrolled to and is then on top; the buttons of the bar below are in sight; nothing sticks out or is
 * cut off; no word is broken into letters; no list is too low to be read; text has one of the sizes of tokens.css.
 */
const LAYOUT = `(() => {
  const found = new Set();
  const CONTROLS = 'button, a[href], input, select, textarea, summary, [role="radio"], [role="tab"]';
  const top = [...document.querySelectorAll('[role="dialog"]')].at(-1) ?? document.body;
  const name = (element) => {
    const text = (element.getAttribute('aria-label') || element.textContent || '').trim().replace(/\\s+/g, ' ').slice(0, 40);
    return element.tagName.toLowerCase() + (element.className ? '.' + String(element.className).split(' ')[0] : '') + ' "' + text + '"';
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const hides = (style) => style.overflowX !== 'visible' || style.overflowY !== 'visible';
  /** What of its box can be seen: cut by each ancestor that hides what sticks out, and by the window. */
  const seen = (element) => {
    const own = element.getBoundingClientRect();
    const box = { left: Math.max(own.left, 0), top: Math.max(own.top, 0), right: Math.min(own.right, innerWidth), bottom: Math.min(own.bottom, innerHeight) };
    for (let above = element.parentElement; above && above !== document.body; above = above.parentElement) {
      if (!hides(getComputedStyle(above))) continue;
      const cut = above.getBoundingClientRect();
      box.left = Math.max(box.left, cut.left);
      box.top = Math.max(box.top, cut.top);
      box.right = Math.min(box.right, cut.right);
      box.bottom = Math.min(box.bottom, cut.bottom);
    }
    return box;
  };
  const width = (box) => box.right - box.left;
  const height = (box) => box.bottom - box.top;
  const scroller = (element) => {
    let above = element.parentElement;
    while (above !== document.body && !/auto|scroll/.test(getComputedStyle(above).overflowY)) above = above.parentElement;
    return above;
  };
  /** Within what it sticks, where it does. The head of a list scrolls with its list under what the page keeps in sight. */
  const sticksIn = (element) => {
    for (let above = element; above && above !== document.body; above = above.parentElement)
      if (getComputedStyle(above).position === 'sticky') return scroller(above);
    return null;
  };
  const floats = (element) => sticksIn(element) !== null;
  const controls = [...top.querySelectorAll(CONTROLS)].filter((element) => {
    const box = element.getBoundingClientRect();
    const hidden = element.closest('.visually-hidden, a[href="#page"], [inert]') !== null;
    return shown(element) && !hidden && box.width > 4 && box.height > 4;
  });
  const boxes = controls.map(seen);
  controls.forEach((one, at) => {
    for (let next = at + 1; next < controls.length; next += 1) {
      const other = controls[next];
      if (one.contains(other) || other.contains(one)) continue;
      const [a, b] = [boxes[at], boxes[next]];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across <= 2 || down <= 2 || sticksIn(one) !== sticksIn(other)) continue;
      // A button inside of a field, which keeps its text away from it.
      if ([one, other].some((field) => field.tagName === 'INPUT' && parseFloat(getComputedStyle(field).paddingRight) >= across)) continue;
      found.add('one over the other: ' + name(one) + ' and ' + name(other));
    }
  });
  const places = [...document.querySelectorAll('*')].filter((one) => one.scrollTop > 0 || one.scrollLeft > 0).map((one) => [one, one.scrollTop, one.scrollLeft]);
  for (const foot of top.querySelectorAll('[data-testid=page-foot] button, [data-testid=dialog-buttons] button'))
    // Lower than that the bar is the end of the page that scrolls: out of reach it would be found below.
    if (innerHeight >= 400 && shown(foot) && (height(seen(foot)) < foot.offsetHeight - 2 || width(seen(foot)) < foot.offsetWidth - 2))
      found.add('a main button is not in sight: ' + name(foot));
  for (const control of controls) {
    // What sticks has no place to scroll to of its own: the list that it heads is brought into sight.
    if (floats(control)) scroller(control).scrollIntoView({ block: 'start', behavior: 'instant' });
    else control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = seen(control);
    const own = control.getBoundingClientRect();
    if (width(box) < Math.min(own.width, 20) - 2 || height(box) < Math.min(own.height, 14) - 2) {
      found.add('out of reach: ' + name(control));
      continue;
    }
    if (getComputedStyle(control).pointerEvents === 'none') continue;
    const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const label = control.closest('label') ?? (control.labels ? control.labels[0] : null);
    const own_ = hit !== null && (control.contains(hit) || hit.contains(control) || (label !== null && label !== undefined && label.contains(hit)) || (control.parentElement.contains(hit) && !hit.matches(CONTROLS)));
    if (!own_) found.add('covered: ' + name(control) + ' by ' + (hit === null ? 'nothing' : name(hit)));
  }
  for (const list of top.querySelectorAll('[data-list], [data-testid=drawer]:not(:has(> [data-testid=settle])) > [role=tabpanel]'))
    if (shown(list) && list.childElementCount > 0 && list.clientHeight < 90) found.add('too low to read: ' + name(list) + ', ' + list.clientHeight);
  for (const [one, down, across] of places) one.scrollTo(across, down);
  const root = getComputedStyle(document.documentElement);
  const sizes = ['small', 'body', 'head', 'title', 'number'].map((size) => root.getPropertyValue('--text-' + size));
  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth + 1) found.add('the page is ' + page.scrollWidth + ' wide');
  if (page.scrollHeight > innerHeight + 1) found.add('the page is ' + page.scrollHeight + ' high');
  for (const element of top.querySelectorAll('*')) {
    if (!shown(element) || element.closest('.visually-hidden') !== null) continue;
    const box = element.getBoundingClientRect();
    if (box.width < 4 || box.height < 4) continue;
    const style = getComputedStyle(element);
    const texts = [...element.childNodes].filter((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if ((texts.length > 0 || element.matches('input, select, textarea')) && !sizes.includes(style.fontSize))
      found.add('text of ' + style.fontSize + ': ' + name(element));
    const sides = style.overflowX === 'hidden' || style.overflowX === 'clip';
    const lines = style.overflowY === 'hidden' || style.overflowY === 'clip';
    if (texts.length > 0 && sides && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1)
      found.add('text cut off: ' + name(element));
    // What holds controls or text and neither scrolls nor shows the rest of it.
    if (lines && style.webkitLineClamp === 'none' && element.clientHeight > 0 && element.scrollHeight > element.clientHeight + 4 && texts.length + element.childElementCount > 0 && !element.matches('select, svg, svg *'))
      found.add('cut off below: ' + name(element) + ', ' + element.scrollHeight + ' in ' + element.clientHeight);
    for (const text of texts) {
      const words = [...text.textContent.matchAll(/\\S{5,}/g)];
      for (const word of words) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const rows = new Set([...range.getClientRects()].map((rect) => Math.round(rect.top))).size;
        const plain = /^[a-z]{5,14}[.,:]?$/i.test(word[0]);
        if (rows > 1 && (plain || word[0].length / rows < 6)) found.add('broken word: ' + word[0] + ' in ' + name(element));
      }
    }
  }
  return [...found];
})()`;
