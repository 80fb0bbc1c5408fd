import { expect, type Page } from '@playwright/test';
import type { RunningApp } from './running-app.ts';

/** What a person must never see: stack traces, names of classes and files of ours, values that were not meant as text. */
const MACHINE_WORDS =
  /\n\s+at |\bat \S+ \(|\.(?:c?js|tsx?):\d+|\bTypeError\b|\bHushError\b|\bundefined\b|\[object|\bECONN|\bENOENT\b|\bNaN\b|\(\)/;

/** Nothing on the screen speaks as a machine does. */
export async function expectPlainWords(app: RunningApp): Promise<void> {
  expect(await app.page.locator('body').innerText()).not.toMatch(MACHINE_WORDS);
}

/** The panel beside a job speaks of what is to come, or of what has ended: its title, and every sentence. */
export async function expectPanel(app: RunningApp, title: 'What will happen' | 'What happened'): Promise<void> {
  const panel = app.page.getByRole('complementary', { name: title, exact: true });
  await expect(panel.getByRole('heading', { name: title, exact: true })).toBeVisible();
  if (title === 'What happened') await expect(panel).not.toContainText(/\bwill\b/);
}

/** A command or an option of the command line, and the id of a run as a part of a sentence. */
const COMMAND_WORDS = /\bhushcal [a-z]|(?:^|[\s“"'(])--[a-z]{2}/m;
const RUN_ID = /[A-Za-z“"(] ?\d{8}T\d{6,9}-[0-9a-f]{4,}/;

/** The window speaks to people without a command line. The audit lists runs by their ids, so that they can be looked up. */
export async function expectNoCommandWords(page: Page): Promise<void> {
  const text = await page.locator('body').innerText();
  const audits = await page.getByTestId('audit').allInnerTexts();
  const shown = audits.reduce((rest, audit) => rest.replace(audit, ''), text);
  expect(shown, 'no command of the command line').not.toMatch(COMMAND_WORDS);
  expect(shown, 'no id of a run in a sentence').not.toMatch(RUN_ID);
}

/** A number of the summary in Choose, e.g. `Events` or `Rejected`. */
export function figure(app: RunningApp, name: string): Promise<string | null> {
  const entry = app.page
    .getByTestId('inspection')
    .locator('dl > div')
    .filter({ has: app.page.locator('dt', { hasText: new RegExp(`^${name}`) }) });
  return entry.locator('dd').first().textContent();
}
