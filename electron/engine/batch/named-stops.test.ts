import { expect, it } from 'vitest';
import type { SafetyStop } from '../../../shared/model/plan.ts';
import { namedStops } from './plan.ts';

const stop = (code: SafetyStop['code']): SafetyStop => ({ code, message: `${code}.`, override: true });
const members = Array.from({ length: 40 }, (_, id) => ({ id, mailbox: `user${id}`, calendar: 'Calendar' }));

it('names each kind of stop, however many of another kind there are before it', () => {
  const stops = new Map(members.map(({ id }) => [id, [stop(id === 39 ? 'MASS_DELETE' : 'READ_ONLY')]]));
  const named = namedStops(members, stops);
  const codes = named.map(({ code }) => code);
  expect(codes).toContain('MASS_DELETE');
  expect(named).toHaveLength(21);
  expect(named.find(({ code }) => code === 'MASS_DELETE')?.message).toContain('user39');
  expect(codes.filter((code) => code === 'READ_ONLY')).toHaveLength(19);
  expect(named.at(-1)).toMatchObject({ code: 'MORE_STOPS', message: expect.stringContaining(' 20 more') as string });
});

it('names all of a few, in their order', () => {
  const stops = new Map(members.slice(0, 3).map(({ id }) => [id, [stop('READ_ONLY')]]));
  expect(namedStops(members, stops).map(({ message }) => message.slice(0, 5))).toEqual(['user0', 'user1', 'user2']);
});
