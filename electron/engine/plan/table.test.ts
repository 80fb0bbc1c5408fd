import { describe, expect, it } from 'vitest';
import { ACTIONS, CONFLICT_POLICIES, type Action } from '../../../shared/model/plan.ts';
import { decide, SOURCE_STATES, TARGET_STATES, type SourceState, type TargetState } from './table.ts';

const cells = SOURCE_STATES.flatMap((source) =>
  TARGET_STATES.flatMap((target) => CONFLICT_POLICIES.map((policy) => ({ source, target, policy }))),
);

/** The rows that matter, written down a second time: skip, replace, newer, copy. */
const READY: Readonly<Record<TargetState, readonly Action[]>> = {
  absent: ['create', 'create', 'create', 'create'],
  same: ['unchanged', 'unchanged', 'unchanged', 'unchanged'],
  older: ['skip', 'update', 'update', 'create'],
  newer: ['skip', 'update', 'conflict', 'create'],
  undecided: ['skip', 'update', 'conflict', 'create'],
  'other-kind': ['skip', 'conflict', 'conflict', 'create'],
  untagged: ['skip', 'conflict', 'conflict', 'create'],
};

const OTHERS: Readonly<Record<Exclude<SourceState, 'ready'>, Action>> = {
  'left-out': 'skip',
  twin: 'conflict',
  'wrong-component': 'reject',
  'too-large': 'reject',
  'too-many-guests': 'reject',
  'too-early': 'reject',
  'too-late': 'reject',
  'too-many-instances': 'reject',
  unreadable: 'reject',
};

describe('decision table', () => {
  it('has one decision for every source state, target state and policy', () => {
    expect(cells).toHaveLength(10 * 7 * 4);
    for (const { source, target, policy } of cells) {
      const expected = source === 'ready' ? READY[target][CONFLICT_POLICIES.indexOf(policy)] : OTHERS[source];
      expect([source, target, policy, decide(source, target, policy).action]).toEqual([
        source,
        target,
        policy,
        expected,
      ]);
      expect(ACTIONS).toContain(decide(source, target, policy).action);
    }
  });

  it('overwrites what is newer, or not certainly older, only when told to replace', () => {
    for (const { source, target, policy } of cells) {
      if (decide(source, target, policy).action !== 'update') continue;
      expect(target === 'older' || policy === 'replace').toBe(true);
    }
  });

  it('says why whenever it leaves something unwritten that is not there', () => {
    for (const { source, target, policy } of cells) {
      const { action, reason } = decide(source, target, policy);
      if (action === 'skip' || action === 'conflict' || action === 'reject') expect(reason).not.toBe('');
    }
  });

  it('stores a copy only beside something, and never over it', () => {
    for (const { source, target, policy } of cells) {
      const { asCopy, action } = decide(source, target, policy);
      expect(asCopy).toBe(source === 'ready' && policy === 'copy' && target !== 'absent' && target !== 'same');
      if (asCopy) expect(action).toBe('create');
    }
  });
});
