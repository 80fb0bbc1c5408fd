import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MATRIX_ENDS, matrixDeviation, takenBy } from './deviations.ts';
import { draftOrigin } from './draft-over-cyrus.ts';
import { startServer } from './harness.ts';
import type { RunningServer, ServerName } from './harness.ts';
import { matrixEvents } from './matrix-events.ts';
import { draftSays, MATRIX_METHODS, MATRIX_MODES, MATRIX_SERVERS, RUNS } from './matrix-table.ts';
import type { MatrixMode, MatrixServer } from './matrix-table.ts';
import { Stage } from './matrix.ts';
import type { StepSeen } from './matrix.ts';
import { emptyEverything } from './observe.ts';

/**
 * Modes × methods × roles × kinds of time on every server: what runs tells exactly whom the table says, what cannot be
 * kept is refused before anything is written. Played by the engine, seen from outside.
 */
const work = mkdtempSync(path.join(tmpdir(), 'hushcal-matrix.'));
const OUTPUT = path.resolve(import.meta.dirname, '../output/matrix.md');
const results: Result[] = [];

interface Result {
  readonly server: MatrixServer;
  readonly seen: StepSeen;
  readonly wrong: readonly string[];
  readonly deviating: readonly string[];
}

const HOMES: Readonly<Record<MatrixServer, ServerName>> = {
  Cyrus: 'cyrus',
  'draft over Cyrus': 'cyrus',
  DAViCal: 'davical',
  SOGo: 'sogo',
  Radicale: 'radicale',
  Xandikos: 'xandikos',
};

describe.each([...new Set(Object.values(HOMES))])('%s', (home) => {
  it('tells whom the table says, and refuses what it cannot keep', async () => {
    const running = await startServer(home);
    try {
      for (const server of MATRIX_SERVERS.filter((one) => HOMES[one] === home)) await playAll(server, running);
    } finally {
      await running.stop();
    }
    const mine = results.filter(({ server }) => HOMES[server] === home);
    expect(mine.flatMap(({ wrong }) => wrong)).toEqual([]);
    for (const server of MATRIX_SERVERS.filter((one) => HOMES[one] === home)) {
      const cells = mine.filter((one) => one.server === server).map(({ seen }) => `${seen.mode} ${seen.method}`);
      expect(new Set(cells).size).toBe(MATRIX_MODES.length * MATRIX_METHODS.length);
    }
  });
});

afterAll(() => {
  const text = matrixTable();
  process.stdout.write(`${text}\n`);
  mkdirSync(path.dirname(OUTPUT), { recursive: true });
  writeFileSync(OUTPUT, text);
  rmSync(work, { recursive: true, force: true });
});

async function playAll(server: MatrixServer, running: RunningServer): Promise<void> {
  const origin = server === 'draft over Cyrus' ? draftOrigin(running) : running.description.base_url;
  const assume = server === 'Radicale' ? (['no-mail-hook'] as const) : [];
  const stage = new Stage(running, path.join(work, server.replaceAll(' ', '-')), origin, assume);
  for (const mode of RUNS[server]) {
    // What is refused is tried against what everybody was told of, between the steps of that story.
    const refused = mode === 'all' ? MATRIX_MODES.filter((one) => !RUNS[server].includes(one)) : [];
    await playFresh(server, mode, refused, stage);
    await emptyEverything(running);
    await playNotified(server, mode, refused, stage);
    await emptyEverything(running);
  }
}

/** Create, update and the undo of both, all in one mode; each is tried in the refused modes first. */
async function playFresh(
  server: MatrixServer,
  mode: MatrixMode,
  refused: readonly MatrixMode[],
  stage: Stage,
): Promise<void> {
  const story = `${mode}-fresh`;
  const step = async (play: (as: MatrixMode) => ReturnType<Stage['undo']>) => {
    for (const one of refused) note(server, story, (await play(one)).seen);
    const played = await play(mode);
    note(server, story, played.seen);
    return played;
  };
  const created = await step((as) => stage.restore(server, story, 'first', as, 'create'));
  const updated = await step((as) => stage.restore(server, story, 'second', as, 'update'));
  await step((as) => stage.undo(server, story, idOf(updated), as, 'undo update'));
  await step((as) => stage.undo(server, story, idOf(created), as, 'undo create'));
}

/** What everybody was told about, replaced and deleted in a mode. */
async function playNotified(
  server: MatrixServer,
  mode: MatrixMode,
  refused: readonly MatrixMode[],
  stage: Stage,
): Promise<void> {
  const story = `${mode}-told`;
  const created = await stage.restore(server, story, 'first', 'all', 'create');
  for (const one of [...refused, mode]) {
    note(server, story, (await stage.restore(server, story, 'second', one, 'update told')).seen);
  }
  // Back to what the run created, or its undo would leave it alone.
  await stage.restore(server, story, 'first', 'all', 'update told');
  for (const one of [...refused, mode]) {
    note(server, story, (await stage.undo(server, story, idOf(created), one, 'delete told')).seen);
  }
}

function idOf({ runId }: { readonly runId: string | null }): string {
  if (runId === null) throw new Error('there was no run');
  return runId;
}

/** Holds one step against the table. */
function note(server: MatrixServer, story: string, seen: StepSeen): void {
  const { mode, method } = seen;
  const where = `${server}, ${mode}, ${method}`;
  const wrong: string[] = [];
  const deviating: string[] = [];
  const runs = RUNS[server].includes(mode);
  if (runs !== (seen.refused === null)) wrong.push(`${where}: ${seen.refused ?? 'was not refused'}`);
  if (seen.refused !== null) {
    if (!seen.untouched || seen.changed > 0 || seen.messages > 0)
      wrong.push(`${where}: refused, and yet something changed`);
  } else {
    const status = MATRIX_ENDS[server]?.status ?? 'complete';
    if (seen.ended?.status !== status || seen.ended.wrote === 0) wrong.push(`${where}: ${JSON.stringify(seen.ended)}`);
    for (const { uid, role, kind } of takenBy(server, matrixEvents(story))) {
      const cell = { server, mode, method, role, kind };
      const [heard, draft] = [seen.heard.get(uid), draftSays(cell)];
      const deviation = matrixDeviation(cell);
      const expected = deviation?.instead ?? draft;
      if (heard !== expected) wrong.push(`${where}, ${role}, ${kind}: ${heard ?? ''}, not ${expected}`);
      else if (heard !== draft) deviating.push(`${role} ${kind}`);
    }
  }
  results.push({ server, seen, wrong, deviating });
}

function matrixTable(): string {
  const lines = [
    '| server | mode | ' + MATRIX_METHODS.join(' | ') + ' |',
    '| --- | --- |' + ' --- |'.repeat(MATRIX_METHODS.length),
  ];
  for (const server of MATRIX_SERVERS) {
    for (const mode of MATRIX_MODES) {
      const cells = MATRIX_METHODS.map((method) => {
        const result = results.find(
          (one) => one.server === server && one.seen.mode === mode && one.seen.method === method,
        );
        return result === undefined ? '–' : wordOf(result);
      });
      lines.push(`| ${server} | ${mode} | ${cells.join(' | ')} |`);
    }
  }
  const all = results.map(wordOf);
  const count = (word: string): number => all.filter((one) => one.startsWith(word)).length;
  lines.push(
    '',
    `${count('kept')} kept, ${count('refused')} refused, ${count('deviates')} deviate as declared, ${count('WRONG')} wrong.`,
  );
  lines.push('In brackets: messages that left, objects of others that changed.', '');
  return lines.join('\n');
}

function wordOf({ seen, wrong, deviating }: Result): string {
  const word =
    wrong.length > 0 ? 'WRONG' : seen.refused !== null ? 'refused' : deviating.length > 0 ? 'deviates' : 'kept';
  return `${word} (${seen.messages}, ${seen.changed})`;
}
