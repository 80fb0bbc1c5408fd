import { buildIndex } from '../../../electron/engine/icalendar/build-index.ts';
import { readSources } from '../../../electron/engine/read/read-sources.ts';
import { input, report } from '../lib/child.ts';

const { files, spoolDir } = input<{ files: readonly string[]; spoolDir: string }>();

async function index(file: string): Promise<number> {
  const found = await buildIndex(await readSources([file], { spoolDir }));
  const { size } = found;
  await found.close();
  return size;
}

// All but the last one warm the program up.
for (const file of files.slice(0, -1)) await index(file);
await report(() => index(files.at(-1) ?? ''));
