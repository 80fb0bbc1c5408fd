import { describe, expect, it } from 'vitest';
import { fakeServer, login } from '../objects/server.fixture.ts';
import { createHttp } from './http.ts';
import { requireLoopback } from './loopback.ts';

const leadsTo = (...addresses: readonly string[]) =>
  requireLoopback('http://dav.localhost:5232', () => Promise.resolve(addresses));

describe('a name that stands for this computer', () => {
  it.each([[['127.0.0.1']], [['::1']], [['127.0.1.1', '::1']]])('counts where it leads to %j', async (addresses) => {
    await expect(leadsTo(...addresses)).resolves.toBeUndefined();
  });

  it.each([[['203.0.113.7']], [['127.0.0.1', '203.0.113.7']], [['::ffff:203.0.113.7']], [[]], [['localhost']]])(
    'does not where it leads to %j',
    async (addresses) => {
      await expect(leadsTo(...addresses)).rejects.toMatchObject({ failure: { code: 'SERVER_INSECURE' } });
    },
  );

  it('is not asked for numbers, and not where the connection is encrypted', async () => {
    const never = () => Promise.reject(new Error('asked'));
    for (const origin of [
      'http://127.0.0.1:5232',
      'http://[::1]:5232',
      'https://dav.localhost',
      'https://dav.example.com',
    ]) {
      await expect(requireLoopback(origin, never)).resolves.toBeUndefined();
    }
  });

  it('gets no password where it leads elsewhere', async () => {
    const server = await fakeServer(() => ({ status: 207 }));
    const { port } = new URL(server.origin);
    let asked = 0;
    const password = (): Promise<string> => {
      asked += 1;
      return Promise.resolve('secret');
    };
    const origin = `http://dav.localhost:${port}`;
    const resolve = () => Promise.resolve(['203.0.113.7']);
    const http = createHttp(origin, login(origin, { password }), { resolve });
    await expect(http.read({ method: 'PROPFIND', path: '/' })).rejects.toMatchObject({
      failure: { code: 'SERVER_INSECURE' },
    });
    await http.close();
    await server.close();
    expect([asked, server.heard.length]).toEqual([0, 0]);
  });
});
