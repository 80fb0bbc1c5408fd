import { createEngine } from '../../../electron/engine/engine.ts';
import { input, report } from '../lib/child.ts';

/** `warm` is inspected before the clock starts; then all of `files`, one after the other. */
const { warm, files, spoolDir } = input<{
  warm: readonly string[];
  files: readonly string[];
  spoolDir: string;
}>();
const engine = createEngine({ runsDir: spoolDir, tempDir: spoolDir, now: () => new Date() });

for (const file of warm) await engine.inspect([file]);
await report(async () => {
  let events = 0;
  for (const file of files) events += (await engine.inspect([file])).resources;
  return events;
});
