import type { FindSession } from '../../engine/engine.ts';
import { MOST_FOUND } from '../../../shared/model/found/find.ts';
import { readArgs, UsageError } from '../options/args.ts';
import { backupsText, eventText, restoreWords } from '../output/find-text.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { resolveSources, withEngine } from '../options/open-engine.ts';
import { plural } from '../output/words.ts';
import { jsonLine } from '../output/json-line.ts';

export const FIND_USAGE = 'hushcal find SOURCE… [--text WORDS] [--match RULE…] [--any] [--json]';

/** Events that are shown one by one; all are in the JSON. */
const LISTED = 50;

/**
 * Looks for events over several backups. Exit code 0: found, and every backup was read whole. 1: nothing was found, or
 * some backup, or a part of one, could not be read. 2: the search is none. 3: stopped.
 */
export async function findCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, { text: 'list', match: 'list', any: 'flag', json: 'flag', runs: 'text' });
  if (args.positionals.length === 0) throw new UsageError('Name the backups to look into: files, folders or archives.');
  if (args.positionals.includes('-'))
    throw new UsageError('A backup to look into is a file or a folder, not standard input.');
  const spec = { words: args.list('text').join(' '), rules: args.list('match'), any: args.flag('any') };
  const over = new AbortController();
  io.onStop?.(() => {
    over.abort();
  });
  return withEngine(args, io, async (engine) => {
    const sources = resolveSources(args.positionals, io);
    try {
      const session = await engine.find(sources, spec, { signal: over.signal, progress: progressTo(io) });
      try {
        clear(io);
        await print(io, args.flag('json') ? await foundJson(session) : await foundText(session));
        return codeOf(session);
      } finally {
        await session.close();
      }
    } catch (error) {
      clear(io);
      if (!over.signal.aborted) throw error;
      tell(io, 'Stopped. Nothing was changed.');
      return EXIT.interrupted;
    }
  });
}

function codeOf({ result: { events, backups } }: FindSession): number {
  const whole = backups.every(({ problem, rejected, doubled }) => problem === null && rejected + doubled === 0);
  return events.length > 0 && whole ? EXIT.done : EXIT.trouble;
}

async function foundText(session: FindSession): Promise<string> {
  const { backups, events, more } = session.result;
  const shown = events.slice(0, LISTED);
  const texts = [];
  for (const event of shown) {
    const command = (range: number): readonly string[] => commandOf(session, event.id, range);
    texts.push('', eventText(event, backups, await session.versions(event.id), command));
  }
  const rest = events.length - shown.length;
  const found = events.length === 0 ? 'nothing that fits' : plural(events.length + more, 'event');
  return [
    ...backupsText(session.result),
    `Found       ${found}`,
    ...texts,
    ...(rest > 0
      ? ['', `… and ${rest + more} more; --json lists ${more > 0 ? `the first ${MOST_FOUND}` : 'all'}.`]
      : []),
    ...(more > 0 && rest === 0 ? ['', `… and ${more} more: say more of the one you look for.`] : []),
  ].join('\n');
}

/** The result of the engine; each version of an event with what differs from the one before, and how to restore it. */
async function foundJson(session: FindSession): Promise<string> {
  const { events, ...rest } = session.result;
  const detailed = [];
  for (const event of events) {
    const versions = (await session.versions(event.id)).map(({ range, changes }) => ({
      range,
      changes,
      restore: commandOf(session, event.id, range),
    }));
    detailed.push({ ...event, versions });
  }
  return jsonLine({ kind: 'found', ...rest, events: detailed });
}

function commandOf(session: FindSession, event: number, range: number): readonly string[] {
  const { source, only } = session.restoreOf(event, range);
  return restoreWords(source, only);
}

function progressTo(io: CliIo) {
  return ({ backup, backups, done, of }: { backup: number; backups: number; done: number; of: number }): void => {
    if (io.stderr.isTTY !== true) return;
    io.stderr.write(`\r\u001b[Kbackup ${backup} of ${backups}${of === 0 ? '' : `, ${done} of ${of}`}`);
  };
}

function clear(io: CliIo): void {
  if (io.stderr.isTTY === true) io.stderr.write('\r\u001b[K');
}
