import { createContext, useContext, useMemo } from 'react';
import { useMigrateBatch, type BatchState, type BatchStore } from '../../stores/batch/batch.ts';
import type { Lane } from '../../stores/batch/navigation.ts';
import type { MemberColumn } from './MemberTable.tsx';

interface BatchPlace {
  readonly lane: Lane;
  readonly store: BatchStore;
}

/** Which batch a screen shows. */
export const BatchContext = createContext<BatchPlace>({ lane: 'migrate', store: useMigrateBatch });

export function useBatch<T>(select: (state: BatchState) => T): T {
  const { store: useStore } = useContext(BatchContext);
  return useStore(select);
}

export function useLane(): Lane {
  return useContext(BatchContext).lane;
}

interface Nouns {
  readonly one: string;
  readonly many: string;
}

const CALENDARS: Nouns = { one: 'Calendar', many: 'Calendars' };
const MAILBOXES: Nouns = { one: 'Mailbox', many: 'Mailboxes' };

/** What a member is called: the calendars of one user, or mailboxes. */
export function useMemberNouns(): Nouns {
  return useLane() === 'restore' ? CALENDARS : MAILBOXES;
}

/** Columns whose `name` has the noun of the members as its label. */
export function useNamedColumns<T>(columns: readonly MemberColumn<T>[]): readonly MemberColumn<T>[] {
  const { one } = useMemberNouns();
  return useMemo(
    () => columns.map((column) => (column.id === 'name' ? { ...column, label: one } : column)),
    [columns, one],
  );
}
