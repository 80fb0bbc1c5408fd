import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge, SourceSet } from '../../../shared/ipc/contract.ts';
import { useDraft } from './draft.ts';
import { useFlow } from './flow.ts';
import { currentRequest, useSource } from './source.ts';
import { toFirstState } from '../testing/first-state.ts';

const SOURCE = { sourceId: 's2', names: ['b.zip'] };

beforeEach(() => {
  const bridge: Bridge = {
    request: () => Promise.resolve(JSON.stringify({ ok: true, value: SOURCE })),
    subscribe: () => () => undefined,
  };
  vi.stubGlobal('window', { hushcal: bridge });
  toFirstState(useDraft, useFlow, useSource);
  useSource.setState({ source: { sourceId: 's1' } as SourceSet, pick: null });
  useDraft.getState().chooseServer('server');
  useDraft.getState().chooseCalendar('https://cal.example.org/work/');
  // As the job before was decided.
  useDraft.getState().change({ mode: 'all', workaround: 'client-agent', onConflict: 'replace' });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('whom a job tells', () => {
  it.each<readonly [string, () => Promise<void> | void]>([
    ['a job is begun anew', () => useFlow.getState().startOver()],
    ['another server is chosen', () => useDraft.getState().chooseServer('other')],
    ['another backup is chosen', () => useSource.getState().choose('files')],
    ['another backup is dropped', () => useSource.getState().takeSample()],
    ['one event of another backup is chosen', pickOne],
  ])('is nobody again when %s', async (_what, begin) => {
    await begin();
    expect(useDraft.getState()).toMatchObject({ mode: 'none', workaround: null });
  });

  it('stands while the same job is decided', () => {
    useDraft.getState().change({ since: '2026-11-01' });
    useFlow.getState().go('decide');
    expect(currentRequest()).toMatchObject({ mode: 'all', since: '2026-11-01' });
  });

  it('is not what the job before was asked in its request', async () => {
    await useSource.getState().choose('files');
    useDraft.getState().chooseCalendar('https://cal.example.org/work/');
    const request = currentRequest();
    expect(request).toMatchObject({ sourceId: 's2', mode: 'none' });
    expect(request).not.toHaveProperty('workaround');
  });
});

function pickOne(): void {
  useSource.getState().takeOne(SOURCE as unknown as SourceSet, { title: '', start: null, asOf: null, only: [] });
}
