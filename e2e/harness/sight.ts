import { expect } from '@playwright/test';
import type { RunningApp } from './app.ts';

/** What a person must never see: stack traces, names of classes and files of ours, values that were not meant as text. */
const MACHINE_WORDS =
  /\n\s+at |\bat \S+ \(|\.(?:c?js|tsx?):\d+|\bTypeError\b|\bHushError\b|\bundefined\b|\[object|\bECONN|\bENOENT\b|\bNaN\b|\(\)/;

/** Nothing on the screen speaks as a machine does. */
export async function expectPlainWords(app: RunningApp): Promise<void> {
  expect(await app.page.locator('body').innerText()).not.toMatch(MACHINE_WORDS);
}

/** A number of the summary in Choose, e.g. `Events` or `Rejected`. */
export function figure(app: RunningApp, name: string): Promise<string | null> {
  const entry = app.page
    .getByTestId('inspection')
    .locator('dl > div')
    .filter({ has: app.page.locator('dt', { hasText: new RegExp(`^${name}`) }) });
  return entry.locator('dd').first().textContent();
}
