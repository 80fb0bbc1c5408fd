import type { z } from 'zod';
import { HushError } from '../../../shared/model/failure.ts';

/** A whole line of a journal as a record. Throws HushError `JOURNAL_DAMAGED` for what no version of the program wrote. */
export function journalLine<Record>(schema: z.ZodType<Record>, line: string): Record {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw new HushError(
      {
        code: 'JOURNAL_DAMAGED',
        message: 'The journal of this run is damaged, so what was done cannot be told from it. Nothing was changed.',
        reaction: 'fix-input',
      },
      { cause },
    );
  }
}
