import { HushError } from '../../shared/model/failure.ts';
import type { Engine } from '../engine/engine.ts';
import type { Practice } from './ports.ts';

function notYet(): never {
  throw new HushError({ code: 'NOT_YET', message: 'This part is not built yet.', reaction: 'our-bug' });
}

export const engineNotYet: Engine = {
  inspect: notYet,
  discover: notYet,
  prepareRestore: notYet,
  resume: notYet,
  prepareUndo: notYet,
  prepareRetry: notYet,
  runs: () => Promise.resolve([]),
  report: notYet,
  exportReport: notYet,
};

export const practiceNotYet: Practice = {
  connection: () => ({ url: 'http://127.0.0.1:9/', user: 'alice', password: '' }),
  state: () => Promise.resolve({ url: '', users: [], messages: [] }),
  clearMessages: () => Promise.resolve(),
  reset: () => Promise.resolve(),
  sampleBackup: () => ({ name: 'sample.ics', text: '' }),
};
