import { open, writeFile } from 'node:fs/promises';
import { HushError } from '../shared/model/failure.ts';

/**
 * Writes a file where the person wants it, for that person alone: reports and lists name people. One that was there before
 * and could be read by others no longer can.
 *
 * @throws HushError `REPORT_NOT_SAVED` when it cannot be written there
 */
export async function saveFile(path: string, text: string | Uint8Array | AsyncIterable<string>): Promise<void> {
  try {
    const file = await open(path, 'w', 0o600);
    try {
      await file.chmod(0o600);
      await writeFile(file, text);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const message = 'The file could not be written there. Choose a folder you may write to.';
    throw new HushError({ code: 'REPORT_NOT_SAVED', message, reaction: 'fix-input' }, { cause });
  }
}
