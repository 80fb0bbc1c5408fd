import { afterEach, describe, expect, it } from 'vitest';
import { startPractice } from '../server.ts';
import { Harness } from '../testing/harness.ts';

const open: Harness[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(): Promise<Harness> {
  const h = await Harness.start();
  open.push(h);
  return h;
}

describe('the controls', () => {
  const WAYS = [
    'GET messages',
    'DELETE messages',
    'GET state',
    'POST reset',
    'GET faults',
    'POST faults',
    'POST delay',
  ];

  const bodyOf = (way: string): string | undefined =>
    way.startsWith('POST') ? (way.endsWith('delay') ? '{"delayMs":0}' : '[]') : undefined;

  it.each(WAYS)('%s wants the token that stands in the first line', async (way) => {
    const h = await start();
    const [method = '', what = ''] = way.split(' ');
    for (const path of [
      `/_practice/${what}`,
      `/_practice//${what}`,
      `/_practice/guess/${what}`,
      `${h.control('')}x/${what}`,
    ]) {
      expect([path, (await h.send(null, method, path, bodyOf(way))).status]).toEqual([path, 403]);
    }
    expect(
      (await h.send(null, method, h.control(what), what === 'delay' ? '{"delayMs":0}' : bodyOf(way))).status,
    ).toBeLessThan(300);
  });

  it('are another address at each start', async () => {
    const [one, other] = [await start(), await start()];
    expect(one.control('')).not.toBe(other.control(''));
    expect(one.control('').length).toBeGreaterThan(30);
  });

  it('are not there where the calendar is a copy of a real one', async () => {
    const server = await startPractice({
      stage: {
        owner: { user: 'owner', displayName: 'Anna', addresses: ['mailto:anna@example.com'] },
        calendar: { displayName: 'Work', objects: [] },
        insideDomains: [],
      },
      token: 'known',
    });
    const h = new Harness(server);
    try {
      expect(server.info.messages_url).toBe('');
      for (const way of WAYS) {
        const [method = '', what = ''] = way.split(' ');
        for (const path of [`/_practice/${what}`, `/_practice/known/${what}`]) {
          expect((await h.send(null, method, path, bodyOf(way))).status).toBeGreaterThanOrEqual(400);
          expect((await h.send('owner', method, path, bodyOf(way))).status).toBeGreaterThanOrEqual(400);
        }
      }
    } finally {
      await server.close();
    }
  });
});
