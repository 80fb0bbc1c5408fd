import { emptyOutput, writeSheet } from './sheet.ts';

/** Before the pictures the folder is emptied, and after them the contact sheet is written. */
export default async function setup(): Promise<() => Promise<void>> {
  await emptyOutput();
  return async () => {
    process.stdout.write(`Contact sheet: ${await writeSheet()}\n`);
  };
}
