import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';

/** The texts of the events in a backup, sorted; null when there is no such file. Read without the engine's own reader. */
export async function eventsIn(file: string): Promise<readonly string[] | null> {
  const zip = await yauzl.openPromise(file, { autoClose: false, lazyEntries: true }).catch(() => null);
  if (zip === null) return null;
  try {
    const texts: string[] = [];
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('.ics')) continue;
      const stream = await zip.openReadStreamPromise(entry);
      texts.push((await buffer(stream)).toString('utf8'));
    }
    return texts.sort();
  } finally {
    zip.close();
  }
}
