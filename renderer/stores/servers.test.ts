import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AccountInfo, ServerInfo } from '../../shared/model/server.ts';
import { REFUSED, installFakeBridge, settled, type FakeBridge } from './testing/fake-bridge.ts';
import { toFirstState } from './testing/first-state.ts';
import { useServers } from './servers.ts';

let bridge: FakeBridge;
beforeEach(() => {
  bridge = installFakeBridge();
  toFirstState(useServers);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const SERVER: ServerInfo = {
  id: 's',
  name: 'S',
  url: 'https://cal.example.com/',
  user: 'anna',
  practice: false,
  password: 'session',
  assumeNoMailHook: false,
};
const account = (home: string): AccountInfo => ({
  server: SERVER,
  forUser: null,
  product: null,
  asksForMailHook: false,
  principal: '/anna/',
  home,
  addresses: [],
  calendars: [],
});

/** What the screens show of the look, the account by its home. */
function seen() {
  const { accounts, failures, opening } = useServers.getState();
  const homes = Object.fromEntries(Object.entries(accounts).map(([key, { home }]) => [key, home]));
  return { failures, opening, homes };
}

/** An account is looked at, and again before the answer came: main ends the first look, which then fails. */
async function openTwice() {
  const { open } = useServers.getState();
  void open('s');
  void open('s');
  await settled();
  const [first, second] = bridge.waiting;
  if (first === undefined || second === undefined) throw new Error('it was not asked for twice');
  return { first, second };
}

const NEWEST = { failures: {}, opening: { s: false }, homes: { s: 'new' } };

it('a look that a newer one ended is no failure, and the newer one is still under way', async () => {
  const { first, second } = await openTwice();
  first.refuse(REFUSED);
  await settled();
  expect(seen()).toEqual({ failures: {}, opening: { s: true }, homes: {} });
  second.answer(account('new'));
  await settled();
  expect(seen()).toEqual(NEWEST);
});

it('what comes after the newer answer changes nothing', async () => {
  const { first, second } = await openTwice();
  second.answer(account('new'));
  await settled();
  first.answer(account('old'));
  await settled();
  expect(seen()).toEqual(NEWEST);
});

it('a look that a person ends, or that fails, says so', async () => {
  void useServers.getState().open('s');
  await bridge.refuse('server.open');
  expect(seen()).toEqual({ failures: { s: REFUSED }, opening: { s: false }, homes: {} });
});

it('what was seen of a server before it was changed or removed does not come back', async () => {
  void useServers.getState().open('s');
  void useServers.getState().remove('s');
  await bridge.answer('server.remove', {});
  await bridge.answer('server.open', account('old'));
  expect(seen()).toEqual({ failures: {}, homes: {}, opening: {} });
});
