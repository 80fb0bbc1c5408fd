import { buildIndex } from '../../../electron/engine/icalendar/index/build-index.ts';
import { readSources } from '../../../electron/engine/read/read-sources.ts';
import { input, report } from '../lib/child.ts';

/** `warm` is read before the clock starts; then all of `files`, one after the other. */
const { warm, files, spoolDir } = input<{
  warm: readonly string[];
  files: readonly string[];
  spoolDir: string;
}>();

async function index(file: string): Promise<number> {
  const found = await buildIndex(await readSources([file], { spoolDir }));
  const { size } = found;
  await found.close();
  return size;
}

for (const file of warm) await index(file);
await report(async () => {
  let events = 0;
  for (const file of files) events += await index(file);
  return events;
});
