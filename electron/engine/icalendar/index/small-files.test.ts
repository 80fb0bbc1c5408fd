import { afterEach, expect, test, vi } from 'vitest';
import { event, useLaid } from '../../read/testing/laid.ts';
import { zip } from '../../read/testing/packing.ts';
import { buildIndex } from './build-index.ts';

const { file, read } = useLaid();
afterEach(() => {
  vi.restoreAllMocks();
});

test('each entry of an archive takes the room that it needs: a large one for each is minutes of tidying up', async () => {
  const entries = Array.from({ length: 50 }, (_, at) => ({ name: `${at}.ics`, content: Buffer.from(event(`u${at}`)) }));
  const archive = file('many.zip', zip(entries));
  const spies = (['alloc', 'allocUnsafe', 'allocUnsafeSlow'] as const).map((name) => vi.spyOn(Buffer, name));
  const { components } = await buildIndex(await read([archive]));
  expect(components).toBe(50);
  const octets = spies.flatMap((spy) => spy.mock.calls.map(([size]) => size)).reduce((sum, size) => sum + size, 0);
  // Unpacking takes 16 KiB, and what any reading takes is shared by all.
  expect(octets / entries.length).toBeLessThan(64 * 1024);
});
