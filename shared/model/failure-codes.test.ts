import { expect, it } from 'vitest';
import { FAILURE_CODES, failureCode, toFailureCode } from './failure-codes.ts';
import { failure } from './failure.ts';
import { safetyStop } from './plan.ts';

it('names each code once, in order', () => {
  expect(FAILURE_CODES).toEqual([...new Set(FAILURE_CODES)].sort());
});

it('reads the known as it is, and the code of another version as unknown, with its words', () => {
  const message = 'What happened, in words.';
  const newer = { code: 'OF_ANOTHER_VERSION', message, reaction: 'stop-job' };
  expect(failure.parse(newer)).toEqual({ ...newer, code: 'UNKNOWN_CODE' });
  expect(failure.parse({ ...newer, code: 'QUOTA' }).code).toBe('QUOTA');
  expect(safetyStop.parse({ code: 'OLD_STOP', message, override: false })).toMatchObject({
    code: 'UNKNOWN_CODE',
    message,
  });
  expect([toFailureCode('QUOTA'), toFailureCode('OLD_STOP')]).toEqual(['QUOTA', 'UNKNOWN_CODE']);
});

it('reads a code by which it was called before', () => {
  const kept = { code: 'TOLD_ANYWAY', message: 'The server notified people.', reaction: 'stop-job' };
  expect([failure.parse(kept).code, toFailureCode(kept.code)]).toEqual(['NOTIFIED_ANYWAY', 'NOTIFIED_ANYWAY']);
});

it.each([[undefined], [null], [7], [{}]])('takes %j for no code at all', (code) => {
  expect(failureCode.safeParse(code).success).toBe(false);
});
