import type { RunningApp } from '../../../e2e/harness/app.ts';
import { answerOpenDialog, goToDecide, modeCard, startRun } from '../../../e2e/harness/steps.ts';

/* What a person does with a backup of 100,000 events: as long as the page waits, and no shorter. */

/** Chooses the file, until it is read. */
export async function readBackup(app: RunningApp, file: string): Promise<void> {
  await answerOpenDialog(app, file);
  await app.page.getByRole('button', { name: 'Choose files…' }).click();
  await app.page.getByTestId('inspection').waitFor();
}

/** Goes to Review in the mode that notifies nobody, until its rows are shown. */
export async function planQuietly(app: RunningApp): Promise<void> {
  const { page } = app;
  await goToDecide(app);
  await page.getByTestId('mode-none').getByText(/\d/).first().waitFor();
  await modeCard(app, 'none').getByRole('radio').check();
  await page.getByRole('button', { name: /^Review [\d,]+ events?$/ }).click();
  await page.getByTestId('row-grid').getByRole('row').nth(5).waitFor();
}

/** Starts what Review shows, until it runs. */
export async function beginRun(app: RunningApp): Promise<void> {
  await startRun(app);
  await app.page.getByRole('button', { name: 'Pause' }).waitFor();
}

/** The first words of the report, once it is there. */
export async function headline({ page }: RunningApp): Promise<string> {
  await page.getByTestId('headline').waitFor();
  return (await page.getByTestId('headline').textContent()) ?? '';
}
