import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SourceSet } from '../../shared/ipc/contract.ts';
import { useApp } from './app.ts';
import { useNavigation } from './batch/navigation.ts';
import { obey, openRecent, restoreAnew } from './commands.ts';
import { useFind } from './find.ts';
import { useFlow } from './job/flow.ts';
import { useRun } from './job/run.ts';
import { useSource } from './job/source.ts';
import { useServers } from './servers.ts';
import { toFirstState } from './testing/first-state.ts';

let asked: string[] = [];
const source = { sourceId: 'x', names: ['a.zip'] } as unknown as SourceSet;

beforeEach(() => {
  asked = [];
  const bridge = {
    request: (route: string) => {
      asked.push(route);
      return Promise.resolve(JSON.stringify({ ok: true, value: route.startsWith('source') ? null : source }));
    },
    subscribe: () => () => undefined,
  };
  vi.stubGlobal('window', { hushcal: bridge });
  toFirstState(useApp, useNavigation, useFind, useFlow, useRun, useSource, useServers);
  useServers.setState({ list: [] });
  useSource.setState({ source, reading: false });
  useApp.setState({ screen: 'history', dialog: null });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('Restore a backup…', () => {
  it('begins anew, whatever view of the first step was open', () => {
    useFind.getState().show(true);
    obey('new-restore');
    expect(useApp.getState()).toMatchObject({ screen: 'restore', dialog: null });
    expect(useSource.getState().source).toBeNull();
    expect(useFind.getState().open).toBe(false);
  });

  it.each(['decide', 'review'] as const)('asks first where something was decided: %s', (step) => {
    useFlow.setState({ step });
    obey('new-restore');
    expect(useApp.getState().dialog).toBe('new-restore');
    expect(useSource.getState().source).toBe(source);
    restoreAnew();
    expect(useFlow.getState().step).toBe('choose');
    expect(useSource.getState().source).toBeNull();
    expect(useApp.getState().dialog).toBeNull();
  });

  it('shows a run that goes on, and leaves it alone', () => {
    useFlow.setState({ step: 'run' });
    useRun.setState({ runId: 'run-1' });
    obey('new-restore');
    expect(useApp.getState()).toMatchObject({ screen: 'restore', dialog: null });
    expect(useRun.getState().runId).toBe('run-1');
  });
});

describe('Open a backup…', () => {
  it('asks for files on the first step', () => {
    useFlow.setState({ step: 'decide' });
    obey('open-backup');
    expect(useFlow.getState().step).toBe('choose');
    expect(asked).toContain('source.choose');
  });

  it('does nothing to a run that goes on', () => {
    useFlow.setState({ step: 'run' });
    useRun.setState({ runId: 'run-1' });
    obey('open-backup');
    expect(asked).not.toContain('source.choose');
  });
});

describe('Open recent', () => {
  it('opens a backup', () => {
    openRecent({ kind: 'backup', id: 'a' });
    expect(useApp.getState().screen).toBe('restore');
    expect(asked).toContain('recent.open');
  });

  it('leaves a server that was removed', () => {
    openRecent({ kind: 'server', id: 'gone' });
    expect(useApp.getState().screen).toBe('history');
  });
});

it.each(['settings', 'help', 'shortcuts', 'diagnostics', 'about'] as const)('%s opens its dialog', (command) => {
  obey(command);
  expect(useApp.getState().dialog).toBe(command);
});

it.each([
  ['go-history', 'history'],
  ['migrate', 'migrate'],
  ['go-practice', 'practice'],
] as const)('%s leads to %s', (command, screen) => {
  obey(command);
  expect(useApp.getState().screen).toBe(screen);
});
