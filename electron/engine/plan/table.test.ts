import { describe, expect, it } from 'vitest';
import { ACTIONS, CONFLICT_POLICIES, type Action } from '../../../shared/model/plan.ts';
import { againstOf, choicesOf, settle } from './settle.ts';
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
  shared: ['skip', 'conflict', 'conflict', 'create'],
  apart: ['skip', 'conflict', 'conflict', 'create'],
  elsewhere: ['conflict', 'conflict', 'conflict', 'create'],
  'in-trash': ['create', 'create', 'create', 'create'],
  'in-trash-refuses': ['conflict', 'conflict', 'conflict', 'create'],
  'in-trash-purges': ['create', 'create', 'create', 'create'],
  'in-trash-unknown': ['conflict', 'create', 'conflict', 'create'],
  unseen: ['conflict', 'conflict', 'conflict', 'conflict'],
};

/** Nothing is there that a copy could be beside, or nothing that hinders. */
const NO_COPY: readonly TargetState[] = ['absent', 'same', 'in-trash', 'in-trash-purges', 'unseen'];

const OTHERS: Readonly<Record<Exclude<SourceState, 'ready'>, Action>> = {
  'left-out': 'skip',
  cancelled: 'skip',
  'cancelled-in-part': 'conflict',
  'cancelled-perhaps': 'conflict',
  'cancelled-for-others': 'skip',
  broken: 'reject',
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
    expect(cells).toHaveLength(15 * 15 * 4);
    for (const { source, target, policy } of cells) {
      const isThere = source === 'broken' && target === 'same';
      const other = source === 'ready' ? READY[target][CONFLICT_POLICIES.indexOf(policy)] : OTHERS[source];
      const expected = isThere ? 'unchanged' : other;
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

  it('tells of everything that stands in the way outside the calendar, and what can be done', () => {
    for (const target of TARGET_STATES) {
      if (againstOf(target) === undefined) continue;
      for (const policy of CONFLICT_POLICIES) {
        const { action, reason } = decide('ready', target, policy);
        expect(reason).toMatch(/trash bin|another calendar|cannot be read/i);
        if (action !== 'conflict') continue;
        expect(reason).toMatch(/delete (?:that one|it there)|empty the trash bin|plan again/i);
      }
    }
  });

  it('lets a person settle what is neither absent nor the same, and replaces only what can be replaced', () => {
    for (const source of SOURCE_STATES) {
      for (const target of TARGET_STATES) {
        const choices = choicesOf(source, target);
        const nothing = source !== 'ready' || target === 'absent' || target === 'same';
        expect([source, target, choices?.length ?? 0]).toEqual([source, target, nothing ? 0 : choices?.length]);
        if (choices === undefined) continue;
        expect(choices).toEqual(expect.arrayContaining(['server', 'copy']));
        const hindered = ['other-kind', 'untagged', 'shared', 'apart', 'elsewhere', 'in-trash-refuses'].includes(
          target,
        );
        expect([target, choices.includes('backup')]).toEqual([target, !hindered]);
        for (const choice of choices) {
          const { action, asCopy, reason } = settle(choice, target);
          expect(reason).toMatch(/as you chose/);
          expect(asCopy).toBe(choice === 'copy');
          if (choice === 'server') expect(action).toBe('skip');
          if (choice === 'copy') expect(action).toBe('create');
          if (choice === 'backup')
            expect(action).toBe(['trash', 'unseen'].includes(againstOf(target) ?? '') ? 'create' : 'update');
        }
      }
    }
  });

  it('stores a copy only beside something, and never over it', () => {
    for (const { source, target, policy } of cells) {
      const { asCopy, action } = decide(source, target, policy);
      expect(asCopy).toBe(source === 'ready' && policy === 'copy' && !NO_COPY.includes(target));
      if (asCopy) expect(action).toBe('create');
    }
  });
});
