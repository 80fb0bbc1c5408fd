import { expect, type Locator, type Page } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPractice } from '../../electron/practice/server.ts';
import { test, type RunningApp } from '../harness/app.ts';
import { calendarText, eventText, inDays } from '../harness/backups.ts';
import { openKeyboard, type Keyboard } from '../harness/keyboard.ts';
import { answerOpenDialog } from '../harness/steps.ts';

// Every job from its start to its result without a mouse. Windows are slow to draw where many tests share a computer, and
// each press is looked at: hence the time.
test.describe.configure({ timeout: 240_000 });

/** One thing that a person does, or waits for. */
type Step = (hands: Keyboard, page: Page) => Promise<void>;

const button = (name: string | RegExp, key = 'Enter'): Step => {
  return (hands, page) =>
    hands.use(
      inFront(page)
        .getByRole('button', { name, exact: typeof name === 'string' })
        .first(),
      key,
    );
};
const open = (name: string): Step => {
  return (hands, page) => hands.use(page.getByRole('navigation').getByRole('button', { name }));
};
/** Tab comes to one of a group, the arrows go on from it. */
const choose = (name: string | RegExp): Step => {
  return async (hands, page) => {
    const wanted = inFront(page).getByRole('radio', { name });
    await expect(wanted).toBeVisible({ timeout: 60_000 });
    const group = await wanted.getAttribute('name');
    const checked = page.locator(`input[type="radio"][name="${group ?? ''}"]:checked`);
    if ((await checked.count()) === 0) return hands.use(wanted, 'Space');
    await hands.reach(checked);
    for (let presses = 0; presses < 10 && !(await wanted.isChecked()); presses += 1) await hands.press('ArrowDown');
    await expect(wanted).toBeChecked();
  };
};
const tick = (find: (page: Page) => Locator): Step => {
  return (hands, page) => hands.use(find(page), 'Space');
};
const marked = (id: string, key = 'Enter'): Step => {
  return (hands, page) => hands.use(page.getByTestId(id), key);
};
const see = (find: (page: Page) => Locator): Step => {
  return (hands, page) => hands.see(find(page));
};
const field = (name: string | RegExp, text: string): Step => {
  return async (hands, page) => {
    await hands.reach(inFront(page).getByLabel(name));
    await hands.type(text);
  };
};
const press = (...keys: readonly string[]): Step => {
  return (hands) => hands.press(...keys);
};
const headline = see((page) => page.getByTestId('headline'));

/** A dialog keeps the keys to itself. */
function inFront(page: Page): Locator {
  return page.locator('[role="dialog"]:visible, body:not(:has([role="dialog"]:visible))').last();
}

const CALENDAR = /^Calendar/;
const chooseBackup: readonly Step[] = [
  button('Use the sample backup'),
  see((page) => page.getByTestId('inspection')),
  choose(CALENDAR),
  button('Next: notifications'),
];
const review: readonly Step[] = [
  button(/^Review [\d,]+ events?$/),
  see((page) => page.getByTestId('row-grid').getByRole('row').nth(1)),
];
const restore: readonly Step[] = [...chooseBackup, ...review, marked('start-run'), headline];
const typeTheNumber: Step = async (hands, page) => {
  const label = page.getByRole('dialog').getByText(/^Type [\d,]+ to confirm$/);
  await hands.see(label);
  const number = (await label.innerText()).replaceAll(/\D/g, '');
  await field(/^Type [\d,]+ to confirm$/, number)(hands, page);
  await button(/^Send /)(hands, page);
};
const migrate: readonly Step[] = [
  open('Migrate'),
  button('Try it with practice mailboxes'),
  button('Check 3 rows'),
  button('Review 3 rows'),
  marked('start-batch'),
  headline,
];
const cleanUp: readonly Step[] = [
  open('Clean up'),
  button('Add a rule'),
  async (hands, page) => {
    await hands.reach(page.getByLabel('Field'));
    // The letters of its name choose it, as in every list.
    await hands.type('Title');
  },
  field('Value', 'e'),
  button('Add'),
  field('Users', 'alice, bob, carol'),
  button('Find calendars of 3'),
  button(/^Search \d+ calendars$/),
  tick((page) => page.getByTestId('cluster').first().getByRole('checkbox')),
  button(/^Review \d+ events?$/),
];

interface Job {
  readonly name: string;
  readonly before?: (app: RunningApp) => Promise<void>;
  readonly steps: readonly Step[];
}

const JOBS: readonly Job[] = [
  {
    name: 'restore, with a look at an event',
    steps: [
      ...chooseBackup,
      ...review,
      async (hands, page) => {
        const grid = page.getByTestId('row-grid');
        await hands.reach(grid);
        await hands.press('ArrowDown', 'Space', 'Space', 'Enter');
        await hands.see(page.getByTestId('drawer').getByRole('tabpanel'));
        await hands.press('Escape');
        await expect(page.getByTestId('drawer')).toHaveCount(0);
      },
      marked('start-run'),
      headline,
    ],
  },
  {
    name: 'restore that notifies everyone, with the number',
    steps: [...chooseBackup, choose('Notify everyone'), ...review, marked('start-run'), typeTheNumber, headline],
  },
  {
    name: 'dry run on a copy',
    steps: [
      ...chooseBackup,
      ...review,
      marked('rehearse'),
      see((page) => page.getByRole('dialog', { name: 'Dry run on a copy' }).getByText('Not a single message')),
      button('Back to the plan'),
      see((page) => page.getByTestId('row-grid')),
      press('Tab'),
    ],
  },
  {
    name: 'undo',
    steps: [
      ...restore,
      open('History'),
      button(/^Report of/),
      see((page) => page.getByTestId('report')),
      button('Undo…'),
      marked('start-run'),
      headline,
    ],
  },
  {
    name: 'find an event in several backups, and restore one version',
    steps: [
      button('Search several backups…'),
      button('Use a week of sample backups'),
      async (hands, page) => {
        const words = page.getByRole('textbox', { name: 'Words of the event' });
        await hands.reach(words);
        await hands.type('budget');
        await hands.press('Enter');
      },
      see((page) => page.getByTestId('trail')),
      button(/^Restore this version/),
      choose(CALENDAR),
      button('Next: notifications'),
      ...review,
      marked('start-run'),
      headline,
    ],
  },
  {
    name: 'what went missing, and restore it',
    before: async (app) => {
      const folder = join(app.userData, 'nightly');
      await mkdir(folder);
      const lost = eventText({ uid: 'lost@tests', title: 'Lost', start: inDays(4) });
      const both = ['one', 'two'].flatMap((uid) => eventText({ uid: `${uid}@tests`, title: uid, start: inDays(6) }));
      await writeFile(join(folder, 'alice-2026-11-20.ics'), calendarText([...both, ...lost]));
      await writeFile(join(folder, 'alice-2026-11-21.ics'), calendarText(both));
      await answerOpenDialog(app, folder);
    },
    steps: [
      button('Compare backups…'),
      button('Choose a folder…'),
      choose(CALENDAR),
      button('Compare with the calendar'),
      see((page) => page.getByTestId('missing')),
      button(/^Restore /),
      ...review,
      marked('start-run'),
      headline,
    ],
  },
  {
    name: 'migrate, and tell external guests',
    steps: [...migrate, button('Notify external guests…'), marked('start-batch'), typeTheNumber, headline],
  },
  {
    name: 'clean up, and restore what was removed',
    steps: [
      ...cleanUp,
      async (hands, page) => {
        await hands.use(page.getByTestId('start-batch'));
        // Where a large part of a calendar goes, it asks.
        const asks = page.getByRole('dialog');
        const ended = page.getByTestId('headline');
        await expect(asks.or(ended).first()).toBeVisible({ timeout: 60_000 });
        if (await asks.isVisible()) {
          for (const box of await asks.getByRole('checkbox').all()) await hands.use(box, 'Space');
          await hands.use(asks.getByRole('button').last());
        }
      },
      headline,
      button('Restore removed…'),
      button('Show what would be restored'),
      marked('start-batch'),
      headline,
    ],
  },
];

for (const { name, before, steps } of JOBS) {
  test(`${name}: by keyboard alone, and the focus is never lost`, async ({ hushcal: app }) => {
    await before?.(app);
    await expect(app.page.getByRole('radio', { name: CALENDAR })).toBeVisible();
    const hands = await openKeyboard(app);
    for (const step of steps) await step(hands, app.page);
  });
}

test('an error at a field is said where it stands, and read with the field', async ({ hushcal: app }) => {
  const server = await startPractice({});
  try {
    const { page } = app;
    const hands = await openKeyboard(app);
    const steps: readonly Step[] = [
      open('Servers'),
      button('Add a server…'),
      field('Address', server.info.base_url),
      field(/^User/, 'alice'),
      field(/^Password/, 'wrong'),
      button('Add the server'),
    ];
    for (const step of steps) await step(hands, page);
    const dialog = page.getByRole('dialog', { name: 'Add a server' });
    const password = dialog.getByLabel('Password', { exact: true });
    await expect(password).toHaveAttribute('aria-invalid', 'true');
    // As a screen reader has it: a live region with the sentence, and the same sentence as the description of the field.
    await expect(dialog.getByRole('alert')).toContainText(/password/i);
    await expect(password).toHaveAccessibleDescription(/password/i);
    await hands.press('Tab');
  } finally {
    await server.close();
  }
});

/** What has the focus is off while a picture is drawn, and on again before the next; says whether the browser dropped the focus. */
const BLINK = `new Promise((resolve) => {
  const control = document.activeElement;
  requestAnimationFrame(() => {
    control.disabled = true;
    setTimeout(() => {
      resolve(document.activeElement === document.body);
      control.disabled = false;
    });
  });
})`;

test('a control that is off for no longer than a picture has the focus again', async ({ hushcal: { page } }) => {
  const control = page.getByRole('button', { name: 'Choose a folder…' });
  await control.focus();
  expect(await page.evaluate(BLINK)).toBe(true);
  await expect(control).toBeFocused();
});
