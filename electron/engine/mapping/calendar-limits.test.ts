import { expect, it } from 'vitest';
import { inRounds, limitNotes } from './calendar-limits.ts';

const nextcloud = {
  evidence: {
    davTokens: new Set(['nc-calendar-trashbin']),
    allow: new Set<string>(),
    checkedAt: '2026-11-28T12:00:00Z',
    headers: {},
    path: '/calendars/bob/',
    statusPage: { product: 'Nextcloud', version: '31.0.11' },
  },
  calendars: [],
};
const unknown = { ...nextcloud, evidence: { ...nextcloud.evidence, davTokens: new Set<string>() } };
const movesOf = (mailbox: string, count: number): readonly { mailbox: string; makes: boolean; nth: number }[] =>
  Array.from({ length: count }, (_, nth) => ({ mailbox, makes: true, nth }));

it('whoever gets more calendars than the server makes in an hour goes last, in the same order otherwise', () => {
  const servers = new Map<string, typeof nextcloud>([
    ['bob', nextcloud],
    ['carol', nextcloud],
    ['dave', unknown],
  ]);
  const moves = [...movesOf('bob', 12), ...movesOf('carol', 2), ...movesOf('dave', 20)];
  const ordered = inRounds(moves, servers);
  expect(ordered.map(({ mailbox, nth }) => `${mailbox} ${nth}`)).toEqual(
    [...moves.slice(0, 10), ...moves.slice(12), ...moves.slice(10, 12)].map(({ mailbox, nth }) => `${mailbox} ${nth}`),
  );
  expect(limitNotes(moves, servers)).toEqual([expect.stringMatching(/^bob gets 12 new calendars.*about an hour/)]);
});
