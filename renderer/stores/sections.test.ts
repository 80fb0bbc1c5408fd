import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BatchEntry, BatchReport } from '../../shared/model/batch/batch.ts';
import { EMPTY_BATCH } from '../../shared/model/batch/batch-snapshot.ts';
import type { ReportHead, RunEntry } from '../../shared/model/kept/report.ts';
import { useApp } from './app.ts';
import { useMigrateBatch, useRestoreBatch } from './batch/batch.ts';
import { useNavigation } from './batch/navigation.ts';
import { useHistory } from './history/history.ts';
import { useFlow } from './job/flow.ts';
import { useRun } from './job/run.ts';
import { openSection, runGoing } from './sections.ts';
import { toFirstState } from './testing/first-state.ts';

const origin = { batchId: 'batch-1', kind: 'undo' } as BatchEntry;

beforeEach(() => {
  const bridge = {
    request: () => Promise.resolve(JSON.stringify({ ok: true, value: {} })),
    subscribe: () => () => undefined,
  };
  vi.stubGlobal('window', { hushcal: bridge });
  toFirstState(useApp, useMigrateBatch, useRestoreBatch, useNavigation, useHistory, useRun, useFlow);
  useApp.getState().go('history');
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a section', () => {
  it('opens at its start after an undo that came from History', () => {
    useMigrateBatch.setState({ kind: 'undo', origin });
    useNavigation.getState().goMigrate('review');
    openSection('migrate');
    expect(useApp.getState().screen).toBe('migrate');
    expect(useNavigation.getState().migrate).toBe('mapping');
    expect(useMigrateBatch.getState()).toMatchObject({ kind: 'migrate', origin: null });
  });

  it('opens at its start after a batch that has ended', () => {
    useMigrateBatch.setState({ batchId: 'batch-1', report: {} as BatchReport });
    useNavigation.getState().goMigrate('run');
    openSection('migrate');
    expect(useNavigation.getState().migrate).toBe('mapping');
    expect(useMigrateBatch.getState().report).toBeNull();
  });

  it('shows what goes on, an undo too, however often it is clicked', () => {
    useMigrateBatch.setState({
      kind: 'undo',
      origin,
      batchId: 'batch-2',
      snapshot: { ...EMPTY_BATCH, batchId: 'batch-2' },
    });
    useNavigation.getState().goMigrate('run');
    openSection('migrate');
    openSection('migrate');
    expect(useNavigation.getState().migrate).toBe('run');
    expect(useMigrateBatch.getState().batchId).toBe('batch-2');
  });

  it('keeps a plan that was begun there, and leads to its start when it is clicked again', () => {
    useNavigation.getState().goMigrate('review');
    openSection('migrate');
    expect(useNavigation.getState().migrate).toBe('review');
    openSection('migrate');
    expect(useNavigation.getState().migrate).toBe('mapping');
  });

  it('closes a report in History when it is clicked again', () => {
    useHistory.setState({ openId: 'run-1' });
    openSection('history');
    expect(useHistory.getState().openId).toBeNull();
    useHistory.setState({ openId: 'run-1' });
    openSection('servers');
    openSection('history');
    expect(useHistory.getState().openId).toBe('run-1');
  });

  it('shows a restore of several calendars that goes on, and its start once that has ended', () => {
    useRestoreBatch.setState({
      kind: 'restore',
      batchId: 'batch-3',
      snapshot: { ...EMPTY_BATCH, batchId: 'batch-3' },
    });
    useNavigation.getState().goRestore('one');
    openSection('restore');
    openSection('restore');
    expect(useNavigation.getState().restore).toBe('run');
    useRestoreBatch.setState({ report: {} as BatchReport });
    openSection('restore');
    expect(useNavigation.getState().restore).toBe('one');
    expect(useRestoreBatch.getState().report).toBeNull();
  });

  it('does not show a run that could not be resumed as going on', () => {
    useRun.setState({ runId: 'run-1' });
    expect(runGoing(useRun.getState())).toBe('running');
    useRun.setState({ report: {} as ReportHead });
    expect(runGoing(useRun.getState())).toBeNull();
  });

  it('is a new restore after an undo or a retry', () => {
    useFlow.setState({ kind: 'undo', step: 'review', origin: {} as RunEntry });
    openSection('restore');
    expect(useFlow.getState()).toMatchObject({ kind: 'restore', step: 'choose', origin: null });
    expect(useApp.getState().screen).toBe('restore');
  });
});
