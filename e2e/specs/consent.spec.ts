import { expect } from '@playwright/test';
import { test, type RunningApp } from '../harness/app.ts';
import {
  chooseCalendar,
  chooseSample,
  decide,
  goToDecide,
  modeCard,
  numberToType,
  openScreen,
  reportHeadline,
  startRun,
  typeNumber,
  tick,
} from '../harness/steps.ts';

async function restoreLoudly(app: RunningApp): Promise<number> {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'external-only');
  await startRun(app);
  const messages = await numberToType(app);
  await typeNumber(app, messages);
  await reportHeadline(app);
  return messages;
}

test('a mode that tells people outside only asks for the number, too', async ({ hushcal: app }) => {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'external-only');
  await startRun(app);
  const messages = await numberToType(app);
  const dialog = app.page.getByRole('dialog', { name: 'Notify external guests only' });
  const { url } = await app.ask('practice.state', {});
  await expect(dialog.getByTestId('consent-target')).toHaveText(`Server${new URL(url).host}UseraliceCalendarCalendar`);
  await expect(dialog).toContainText(/They go to \d+ (?:person|people): 0 internal, [1-9]/);
  const send = dialog.getByRole('button', { name: `Send ${String(messages)} messages` });
  await expect(send).toBeDisabled();
  await dialog.getByRole('textbox').fill(String(messages - 1));
  await expect(send).toBeDisabled();
  await dialog.getByRole('textbox').press('Enter');
  await expect(dialog).toBeVisible();
  expect(await app.ask('history.list', {})).toEqual([]);
  await typeNumber(app, messages);
  await reportHeadline(app);
  expect((await app.ask('practice.state', {})).messages).toHaveLength(messages);
});

test('the job after a loud one begins at "Nobody is told"', async ({ hushcal: app }) => {
  await restoreLoudly(app);
  await app.page.getByRole('button', { name: 'Restore another' }).click();
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await expect(modeCard(app, 'none').getByRole('radio')).toBeChecked();
});

test('an undo that tells people asks for the number', async ({ hushcal: app }) => {
  const told = await restoreLoudly(app);
  await app.ask('practice.clear_messages', {});
  await openScreen(app, 'History');
  const entry = app.page.getByTestId('run-entry').first();
  // Where the password goes, and as whom, is said before.
  await expect(entry).toContainText('Practice server as alice');
  await entry.getByRole('button', { name: 'Undo…' }).click();
  const question = app.page.getByTestId('undo-question');
  await tick(question.getByTestId('undo-external-only').getByRole('radio'));
  await question.getByRole('button', { name: 'Show what would be undone' }).click();
  await startRun(app);
  expect(await numberToType(app)).toBe(told);
  await app.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(await app.ask('history.list', {})).toHaveLength(1);
  await startRun(app, told);
  await reportHeadline(app);
  const { messages } = await app.ask('practice.state', {});
  expect(messages).toHaveLength(told);
  expect(messages.map(({ method }) => method)).toContain('CANCEL');
});
