import { app, dialog } from 'electron';
import type { Log } from '../diagnostics/log.ts';

/** What nobody caught, in a sentence instead of a stack trace. The stack goes to standard error for a report. */
export function catchTheRest(log: Log): void {
  const show = (thrown: unknown): void => {
    log.failed('uncaught', thrown);
    process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    tellUnexpected(wordsOf(thrown));
  };
  process.on('uncaughtException', show);
  process.on('unhandledRejection', show);
}

/** What nobody caught, here or in the engine's process. */
export function tellUnexpected(message: string): void {
  dialog.showErrorBox('Something unexpected happened', `${message}\n\nRuns that were in progress can be resumed.`);
}

/** Ends a program that could not start. */
export function giveUpStarting(thrown: unknown): void {
  dialog.showErrorBox('Hushcal could not start', wordsOf(thrown));
  app.exit(1);
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
