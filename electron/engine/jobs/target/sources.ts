import { join } from 'node:path';
import type { EnginePorts, Progress } from '../../types.ts';
import { checkReading } from '../../backup/check.ts';
import { partsOf } from '../../backup/parts.ts';
import { buildIndex } from '../../icalendar/index/build-index.ts';
import type { CalendarIndex } from '../../icalendar/types.ts';
import { readSources } from '../../read/read-sources.ts';
import type { SourceFile } from '../../read/types.ts';

/**
 * Reads sources of any kind into one index. A source that holds nothing readable is in the index as rejected; one calendar
 * of a backup is named `FILE.zip#FOLDER`.
 */
export async function openSources(
  ports: EnginePorts,
  sources: readonly string[],
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<{ readonly index: CalendarIndex; readonly files: readonly SourceFile[] }> {
  progress('reading', 0, null);
  const withSignal = signal === undefined ? {} : { signal };
  const parts = await partsOf(sources);
  const read = await readSources(parts.sources, { spoolDir: join(ports.tempDir), ...withSignal });
  const reading = await parts.keep(await checkReading(read, parts.sources));
  const index = await buildIndex(reading, { progress: (done, of) => progress('reading', done, of), ...withSignal });
  return { index, files: reading.files };
}
