import { afterEach, expect, it } from 'vitest';
import { fakeServer, login, multistatus } from './server.fixture.ts';
import { openStore } from './store.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const HREFS = Array.from({ length: 20 }, (_, at) => `/cal/${String(at)}.ics`);

it.each([
  ['has no multiget', 501],
  ['answers multiget with nothing', 207],
])('long texts of a server that %s come in batches of a bounded size, each once', async (_what, status) => {
  const text = `BEGIN:VCALENDAR\r\nX-LONG:${'x'.repeat(3_000_000)}\r\nEND:VCALENDAR\r\n`;
  const server = await fakeServer(({ method }) =>
    method === 'GET' ? { status: 200, body: text } : status === 207 ? multistatus() : { status },
  );
  const store = openStore(`${server.origin}/cal/`, login(server.origin, { concurrency: 2 }));
  open.push(server, store);
  const found: string[] = [];
  for await (const batch of store.fetch(HREFS)) {
    expect(batch.length).toBeLessThanOrEqual(3);
    for (const object of batch) {
      expect(object.text).toHaveLength(text.length);
      found.push(object.href);
    }
  }
  expect(found.sort()).toEqual([...HREFS].sort());
});
