import { sampleBackup } from '../practice/samples/backup.ts';
import { sampleMailboxes } from '../practice/samples/mailboxes.ts';
import { sampleNights } from '../practice/samples/nights.ts';
import type { Practice, PracticeControl } from './ports.ts';

/** What there is to try on the practice server, as of today. */
export const PRACTICE_SAMPLES: Omit<Practice, keyof PracticeControl> = {
  sampleBackup: () => sampleBackup(new Date()),
  sampleNights: () => sampleNights(new Date()),
  sampleMailboxes: () => sampleMailboxes(new Date()),
};
