import { app, dialog } from 'electron';

/** What nobody caught, in a sentence instead of a stack trace. The stack goes to standard error for a report. */
export function catchTheRest(): void {
  const show = (thrown: unknown): void => {
    process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    dialog.showErrorBox(
      'Something unexpected happened',
      `${wordsOf(thrown)}\n\nRuns that were in progress can be resumed.`,
    );
  };
  process.on('uncaughtException', show);
  process.on('unhandledRejection', show);
}

/** Ends a program that could not start. */
export function giveUpStarting(thrown: unknown): void {
  dialog.showErrorBox('Hushcal could not start', wordsOf(thrown));
  app.exit(1);
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
