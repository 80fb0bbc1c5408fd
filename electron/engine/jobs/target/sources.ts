import { join } from 'node:path';
import type { EnginePorts, Progress } from '../../types.ts';
import { checkReading } from '../../backup/check.ts';
import { buildIndex } from '../../icalendar/index/build-index.ts';
import type { CalendarIndex } from '../../icalendar/types.ts';
import { readSources } from '../../read/read-sources.ts';
import type { SourceFile } from '../../read/types.ts';

/** Reads sources of any kind into one index. A source that holds nothing readable is in the index as rejected. */
export async function openSources(
  ports: EnginePorts,
  sources: readonly string[],
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<{ readonly index: CalendarIndex; readonly files: readonly SourceFile[] }> {
  progress('reading', 0, null);
  const withSignal = signal === undefined ? {} : { signal };
  const read = await readSources(sources, { spoolDir: join(ports.tempDir), ...withSignal });
  const reading = await checkReading(read, sources);
  const index = await buildIndex(reading, { progress: (done, of) => progress('reading', done, of), ...withSignal });
  return { index, files: reading.files };
}
