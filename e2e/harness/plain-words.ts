import { expect, type Page } from '@playwright/test';

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
