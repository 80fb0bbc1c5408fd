import { expect, it } from 'vitest';
import { event } from '../scheduling/summary.fixture.ts';
import { alarmFindings, countAlarms } from './alarms.ts';
import { resourceRow } from './rows.ts';

const NOW = Date.UTC(2031, 0, 1);
const warning = { kind: 'warning', code: 'alarm-email', message: 'An alarm sends mail.' } as const;
const facts = {
  id: 0,
  href: null,
  action: 'create',
  reason: '',
  actingAs: null,
  standing: 'plain',
  notified: 0,
} as const;
const rowOf = (
  lastMs: number | null,
  action: 'create' | 'delete' | 'skip' = 'create',
): { row: ReturnType<typeof resourceRow> } => ({
  row: resourceRow(event({ mailAlarms: { lastMs }, findings: [warning] }), { ...facts, action }, NOW),
});

it('warns where the time of a mail alarm is over, once', () => {
  const codes = (lastMs: number | null): readonly string[] => rowOf(lastMs).row.findings.map(({ code }) => code);
  expect([codes(NOW - 1), codes(NOW), codes(null)]).toEqual([
    ['alarm-email', 'alarm-overdue'],
    ['alarm-email'],
    ['alarm-email'],
  ]);
  const { findings } = rowOf(NOW - 1).row;
  const again = resourceRow(event({ mailAlarms: { lastMs: NOW - 1 }, findings }), facts, NOW);
  expect(again.findings).toEqual(findings);
});

it('warns of what an undo puts back', () => {
  expect(alarmFindings(event({ mailAlarms: { lastMs: NOW - 1 } }), NOW).map(({ code }) => code)).toEqual([
    'alarm-email',
    'alarm-overdue',
  ]);
  expect(alarmFindings(event(), NOW)).toEqual([]);
});

it('counts what is stored, not what goes or stays', () => {
  expect(countAlarms([rowOf(NOW - 1), rowOf(null), rowOf(null, 'delete')])).toEqual({ email: 2, overdue: 1 });
});
