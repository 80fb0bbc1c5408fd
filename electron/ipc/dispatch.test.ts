import { describe, expect, expectTypeOf, test } from 'vitest';
import { routes, type Envelope, type RouteName } from '../../shared/ipc/contract.ts';
import { HushError } from '../../shared/model/failure.ts';
import { dispatch } from './dispatch.ts';
import type { Sender } from './checks.ts';
import type { Handlers } from './types.ts';

const US: Sender = { url: 'app://hushcal/index.html', isTopFrame: true, isOurWindow: true };

/** Every route answers with a failure that names it, but for those given. */
function handlersWith(some: Partial<Handlers>): Handlers {
  const refuse = (route: string) => () =>
    Promise.reject(
      new HushError({ code: 'RUN_STOPPED', message: `No ${route}.`, reaction: 'skip-item', detail: 'so it is' }),
    );
  const all = Object.fromEntries(Object.keys(routes).map((route) => [route, refuse(route)]));
  // Built from the list of routes: the type cannot follow that.
  return { ...all, ...some } as unknown as Handlers;
}

async function codeOf(answer: Promise<Envelope<unknown>>): Promise<string> {
  const envelope = await answer;
  return envelope.ok ? 'ok' : envelope.failure.code;
}

const request = (route: unknown, input: unknown, some: Partial<Handlers> = {}, sender: Sender | null = US) =>
  dispatch(handlersWith(some), sender, route, input);

test('there is one handler for each route, with its types', () => {
  expectTypeOf<keyof Handlers>().toEqualTypeOf<RouteName>();
  expectTypeOf<Parameters<Handlers['run.stop']>>().toEqualTypeOf<[input: { runId: string }]>();
});

describe('the first gate: who asks', () => {
  test.each<[string, Sender | null]>([
    ['no frame', null],
    ['a frame inside the page', { ...US, isTopFrame: false }],
    ['another window', { ...US, isOurWindow: false }],
    ['a foreign origin', { ...US, url: 'https://evil.example/index.html' }],
    ['a foreign host of our scheme', { ...US, url: 'app://evil/index.html' }],
    ['an empty page', { ...US, url: 'about:blank' }],
  ])('%s is refused', async (_who, sender) => {
    let isAsked = false;
    const handler = () => {
      isAsked = true;
      return Promise.resolve([]);
    };
    expect(await codeOf(request('server.list', {}, { 'server.list': handler }, sender))).toBe('IPC_FORBIDDEN');
    expect(isAsked).toBe(false);
  });
});

describe('the second gate: what is said', () => {
  test.each([['nope'], ['constructor'], ['__proto__'], [''], [null], [7], [['run.stop']]])(
    'no route: %j',
    async (route) => {
      expect(await codeOf(request(route, {}))).toBe('IPC_UNKNOWN_ROUTE');
    },
  );

  test.each<[RouteName, unknown]>([
    ['server.list', undefined],
    ['server.list', { surplus: 1 }],
    ['run.stop', { runId: 7 }],
    ['run.stop', { runId: 'a', surplus: 1 }],
    ['source.drop', { paths: [] }],
    ['plan.rows', { planId: 'a', offset: 0, limit: 1e9, filter: {} }],
    ['server.add', { name: '', url: '', user: 'u', password: 'p', remember: true }],
    ['restore.plan', { mode: 'loud' }],
  ])('%s refuses %j', async (route, input) => {
    expect(await codeOf(request(route, input))).toBe('IPC_INVALID_INPUT');
  });

  test('a refused password is not repeated', async () => {
    const answer = await request('server.set_password', { id: 7, password: 'CANARY', remember: 'CANARY' });
    expect(JSON.stringify(answer)).not.toContain('CANARY');
  });
});

describe('what comes back', () => {
  test('every handler that throws arrives with its code', async () => {
    const inputs: Partial<Record<RouteName, unknown>> = {
      'run.stop': { runId: 'a' },
      'app.info': {},
      'server.list': {},
    };
    for (const [route, input] of Object.entries(inputs)) {
      expect(await request(route, input)).toEqual({
        ok: false,
        failure: { code: 'RUN_STOPPED', message: `No ${route}.`, reaction: 'skip-item', detail: 'so it is' },
      });
    }
  });

  test('a bug arrives as a sentence without its stack', async () => {
    const handler = () => Promise.reject(new TypeError('x is not a function'));
    const answer = await request('server.list', {}, { 'server.list': handler });
    expect(answer).toMatchObject({ ok: false, failure: { code: 'INTERNAL', reaction: 'our-bug' } });
    expect(JSON.stringify(answer)).not.toMatch(/at |\.ts/);
  });

  test('an answer with more than was agreed does not leave', async () => {
    const server = {
      id: 'a',
      name: '',
      url: '',
      user: '',
      practice: false,
      password: 'session',
      assumeNoMailHook: false,
    };
    const withSecret = { ...server, secret: 'CANARY' };
    // The compiler refuses it; this is for what it cannot see.
    const handler = () => Promise.resolve([withSecret as never]);
    const answer = await request('server.list', {}, { 'server.list': handler });
    expect(answer).toMatchObject({ ok: false, failure: { code: 'IPC_INVALID_OUTPUT' } });
    expect(JSON.stringify(answer)).not.toContain('CANARY');
  });
});
