import { createEngine } from '../../../electron/engine/create.ts';
import { input, report } from '../lib/child.ts';

const { files, spoolDir } = input<{ files: readonly string[]; spoolDir: string }>();
const engine = createEngine({ runsDir: spoolDir, tempDir: spoolDir, now: () => new Date() });

for (const file of files.slice(0, -1)) await engine.inspect([file]);
await report(async () => (await engine.inspect(files.slice(-1))).resources);
