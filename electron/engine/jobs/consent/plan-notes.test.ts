import { afterEach, beforeEach, expect, it } from 'vitest';
import { event, GUESTS, openWorld, type World } from '../testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

async function notesOf(mode: 'none' | 'external-only', insideDomains: readonly string[] = []): Promise<string> {
  const sources = [await world.source('one.ics', event('a', GUESTS))];
  const job = await world.engine.prepareRestore(world.spec({ sources, mode, insideDomains }), world.connection);
  const { notes = [] } = job.summary;
  await job.discard();
  return notes.join(' ');
}

it('says, where only guests outside are told, that who is inside is judged by mail domain', async () => {
  expect(await notesOf('external-only')).toContain('an address in example.com counts as having a calendar');
  expect(await notesOf('external-only', ['Corp.test'])).toContain('example.com, corp.test');
  expect(await notesOf('none')).not.toContain('counts as having a calendar');
});
