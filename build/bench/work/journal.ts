import { readJournal } from '../../../electron/engine/run/kept/replay.ts';
import { input, report } from '../lib/child.ts';

/** `warm` is read before the clock starts, once; then `file`. Gives the rows that the journal tells of. */
const { warm, file } = input<{ readonly warm: string; readonly file: string }>();

await readJournal(warm);
await report(async () => (await readJournal(file)).rows.size);
