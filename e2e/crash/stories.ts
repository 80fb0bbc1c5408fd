import { expect } from 'vitest';
import { TOTALS } from './backup.ts';
import type { Story } from './kills.ts';
import { runsOf } from './kills.ts';
import type { Scene } from './scene.ts';

/** Kinds of journal records that a restore writes. */
export const RESTORE_RECORDS = ['open', 'original', 'intent', 'applied', 'verified', 'final', 'settled'] as const;

export function restoreStory(mode: string): Story {
  return {
    name: `a restore in ${mode}`,
    begin: async (scene) => scene.restoreArgs(mode),
    totals: TOTALS,
    // The conflict is left for a person.
    code: 1,
    // In the other modes an undo tells people.
    ...(mode === 'none' ? { undoBatch } : {}),
  };
}

/** Kinds of journal records of a run that switches scheduling off while it lasts. */
export const SWITCH_RECORDS = ['switching', 'switched', 'switched-back'] as const;

/** Kinds of journal records of step 2; see kill-announce.test.ts, and announce.test.ts for a PUT that is refused. */
export const ANNOUNCE_RECORDS = ['telling', 'refused'] as const;

/** Written when a server tells people anyway; guard.test.ts and told-anyway.test.ts cut their journals after it. */
export const GUARD_RECORDS = ['problem'] as const;

/** A restore with the scheduling of the whole calendar switched off: the switch is always put back. */
export function switchStory(): Story {
  return {
    ...restoreStory('none'),
    name: 'a restore with scheduling switched off',
    personality: 'cyrus-like',
    begin: async (scene) => [...scene.restoreArgs('none'), '--instead', 'collection-switch'],
  };
}

/** A restore into a calendar that is not there: it is made first. */
export function makingStory(mode: string): Story {
  return {
    name: `a restore in ${mode} that makes its calendar`,
    begin: async (scene) => scene.makeArgs(mode),
    totals: { created: TOTALS.created, skipped: TOTALS.updated + TOTALS.unchanged + TOTALS.conflict },
    code: 0,
  };
}

/** The undo of a whole restore: what was created goes, what was overwritten comes back. */
export function undoStory(mode: string): Story {
  return {
    name: `an undo in ${mode}`,
    begin: async (scene) => scene.againArgs('undo', await wholeRestore(scene, mode)),
    totals: { deleted: 6, updated: 3 },
    code: 0,
  };
}

/** A restore that the server stops in the middle by refusing the password; then it takes it again. */
export function stoppedStory(mode: string): Story {
  return {
    ...restoreStory(mode),
    name: `a restore in ${mode} that is stopped`,
    begin: async (scene) => {
      scene.setFaults([{ method: 'PUT', status: 401, after: 3, count: 0 }]);
      return scene.restoreArgs(mode);
    },
    firstCode: 3,
    mend: (scene) => scene.setFaults([]),
  };
}

/** A restore that loses an answer of the server, which had done what was asked: whether it did is read. */
export function lostStory(mode: string): Story {
  return {
    ...restoreStory(mode),
    name: `a restore in ${mode} that loses an answer`,
    begin: async (scene) => {
      scene.setFaults([{ method: 'PUT', path: 'old-inside', cut: 'after' }]);
      return scene.restoreArgs(mode);
    },
  };
}

/** The resume of a restore that was killed while its fourth write was under way. */
export function resumeStory(mode: string): Story {
  return {
    ...restoreStory(mode),
    name: `a resume in ${mode}`,
    begin: async (scene) => {
      await scene.run(scene.restoreArgs(mode), { at: 'request PUT#4 after' });
      const [run] = await runsOf(scene);
      return scene.againArgs('resume', run?.runId ?? '');
    },
  };
}

async function undoBatch(scene: Scene): Promise<void> {
  const run = (await runsOf(scene)).find(({ job }) => job === 'restore');
  const { code, settled } = await scene.runHere(scene.againArgs('undo', run?.runId ?? ''));
  expect([code, settled?.totals.deleted, settled?.totals.updated]).toEqual([0, TOTALS.created, TOTALS.updated]);
}

async function wholeRestore(scene: Scene, mode: string): Promise<string> {
  const { settled } = await scene.runHere(scene.restoreArgs(mode));
  if (settled === undefined) throw new Error('the restore did not end');
  return settled.runId;
}
