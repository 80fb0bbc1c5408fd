import { expect, it } from 'vitest';
import type { MappingRowView } from '../../../shared/model/batch/mapping-view.ts';
import { arrange, arrangedRows } from './mapping-order.ts';

const row = (id: number, user: string, source = ''): MappingRowView => ({ row: id, user, source }) as MappingRowView;
const ROWS = [row(0, 'user 10'), row(1, 'User 2'), row(2, 'anna', 'backups/user.zip')];
const users = (rows: readonly MappingRowView[]): readonly string[] => rows.map(({ user }) => user);

it('puts rows in order as people count, there and back', () => {
  const up = arrange(ROWS, { by: 'user', descending: false }, '');
  expect(users(arrangedRows(ROWS, up))).toEqual(['anna', 'User 2', 'user 10']);
  const down = arrange(ROWS, { by: 'user', descending: true }, '');
  expect(users(arrangedRows(ROWS, down))).toEqual(['user 10', 'User 2', 'anna']);
  expect(arrange(ROWS, null, ' ')).toBeNull();
  expect(users(arrangedRows(ROWS, null))).toEqual(users(ROWS));
});

it('shows what holds a text in any cell', () => {
  expect(users(arrangedRows(ROWS, arrange(ROWS, null, 'USER')))).toEqual(['user 10', 'User 2', 'anna']);
  expect(users(arrangedRows(ROWS, arrange(ROWS, null, 'zip')))).toEqual(['anna']);
});

it('moves no row while one types, keeps new ones at the end, and forgets those that are gone', () => {
  const up = arrange(ROWS, { by: 'user', descending: false }, 'user');
  const typed = [row(0, 'aaron'), row(1, 'User 2'), row(3, '')];
  expect(users(arrangedRows(typed, up))).toEqual(['User 2', 'aaron', '']);
});
