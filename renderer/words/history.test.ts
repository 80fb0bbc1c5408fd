import { expect, it } from 'vitest';
import { ZERO_TOTALS } from '../../shared/model/outcome.ts';
import type { RunEntry } from '../../shared/model/kept/report.ts';
import { entryTitle, interruptedWords } from './history.ts';

/** A calendar named in a script that is read from the right, with a mark in it that would turn the rest of a sentence round. */
const NAME = 'فريق\u202e 2';
const run = { runId: 'run-1', job: 'restore', calendar: NAME, user: 'alice', totals: ZERO_TOTALS } as RunEntry;
const entry = { kind: 'run', id: 'run-1', at: '2026-11-28T10:00:00Z', run } as const;

it('sentences keep their direction, whatever the name of a calendar is', () => {
  const apart = '\u2068فريق 2\u2069';
  expect(entryTitle(entry)).toBe(`Restore into ${apart}`);
  expect(interruptedWords(entry, 'Office')).toContain(`alice’s ${apart} on Office was interrupted`);
});
