import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RULE_FIELDS } from './rules/rule-fields.ts';

test('docs/rules.md explains every field, and no other one', () => {
  const page = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8');
  const [, fields = ''] = page.split('| field |');
  const rows = fields.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z]+)`/g)].map(([, name]) => name));
  expect(named.sort()).toEqual([...RULE_FIELDS].sort());
});
