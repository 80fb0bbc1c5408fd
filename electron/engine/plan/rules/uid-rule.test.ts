import { expect, it } from 'vitest';
import { parseRule } from './rules.ts';
import { resource } from '../testing/resources.ts';
import { uidRule } from './uid-rule.ts';

const names = (uid: string, other: string): boolean =>
  parseRule(uidRule(uid)).matches({ summary: resource({ uid: other }), text: '', own: new Set() });

it.each([['plain@example.org'], ["it's=a<b>~c"], ['a*b (1)'], [' spaces around '], ['back\\slash*']])(
  'names %s and no other event',
  (uid) => {
    expect(names(uid, uid)).toBe(true);
    expect(names(uid, `${uid}x`)).toBe(false);
    expect(names(uid, uid.replace('*', 'xyz'))).toBe(!uid.includes('*'));
  },
);
