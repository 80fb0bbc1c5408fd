import { describe, expect, it } from 'vitest';
import type { SchedulingMode } from '../../../../shared/model/scheduling.ts';
import { leaksOf } from './leaks.ts';
import type { NotifiedContext } from '../types.ts';

const context: NotifiedContext = { ownAddresses: ['mailto:me@in.test'], insideDomains: new Set(['in.test']), now: 0 };
const guest = (address: string, status?: string): string =>
  `ATTENDEE${status === undefined ? '' : `;SCHEDULE-STATUS="${status}"`}:mailto:${address}`;
const object = (...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

describe('a mark that gives a server away', () => {
  it.each<readonly [SchedulingMode, string, string, boolean]>([
    ['none', 'a@in.test', '1.2', true],
    ['none', 'a@out.test', '1.1', true],
    ['none', 'a@out.test', '5.1', true],
    ['internal-only', 'a@in.test', '1.2', false],
    ['internal-only', 'a@out.test', '1.1', true],
    ['internal-only', 'a@out.test', '5.1', false],
    ['external-only', 'a@out.test', '1.1', false],
    ['external-only', 'a@in.test', '1.2', true],
    ['external-only', 'a@in.test', '1.1', false],
    ['external-only', 'a@in.test', '3.7', false],
  ])('%s, %s with %s: %s', (mode, address, status, leaks) => {
    const find = leaksOf(mode, context);
    const found = find?.(object(guest(address, status)), [object(guest(address))]) ?? null;
    expect(found !== null).toBe(leaks);
  });

  it.each([
    ['external-only', true],
    ['internal-only', false],
  ] as const)('in mode %s, of an address without a domain, which the server itself gave: %s', (mode, leaks) => {
    const text = object('ATTENDEE;SCHEDULE-STATUS="1.2":urn:uuid:0f6e8f5a-5d0e-4d3b-9d7a-0a3f4f1d2c11');
    expect((leaksOf(mode, context)?.(text, []) ?? null) !== null).toBe(leaks);
  });

  it('is looked for in every mode but all', () => {
    expect(leaksOf('all', context)).toBeNull();
  });

  it('is none when it was sent, or stood there before, in whatever spelling', () => {
    const find = leaksOf('none', context);
    expect(find?.(object(guest('A@in.test', '1.2')), [object(guest('a@IN.test', '1.2'))])).toBeNull();
    expect(find?.(object(guest('a@in.test', '1.1')), [object(guest('a@in.test', '1.2'))])).toMatchObject({
      status: '1.1',
    });
  });
});
