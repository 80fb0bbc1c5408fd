import type { DiagnosticsFile } from '../../shared/model/diagnostics.ts';
import type { Engine } from '../engine/engine.ts';
import { serverFacts, settingFacts, versionFacts, type Versions } from './facts.ts';
import { readLog } from './log.ts';
import { runFacts } from './runs.ts';

interface DiagnosticsSource {
  /** The folder of the data of this account. */
  readonly userData: string;
  readonly engine: Pick<Engine, 'history' | 'knownProduct'>;
  readonly versions: Versions;
}

/** All that a bundle holds, to be looked at before it is saved. `hosts`: the names of the servers' hosts, too. */
export async function collectDiagnostics(
  source: DiagnosticsSource,
  hosts: boolean,
): Promise<readonly DiagnosticsFile[]> {
  const { userData, engine, versions } = source;
  const log = readLog(userData);
  const runs = await runFacts(engine);
  return [
    { name: 'read-me.txt', text: readMe(hosts) },
    file('versions.json', versionFacts(versions)),
    file('settings.json', await settingFacts(userData)),
    file('servers.json', await serverFacts(userData, hosts, engine.knownProduct)),
    file('runs.json', runs),
    { name: 'log.txt', text: [...log.lines, ...othersWords(log.others)].map((line) => `${line}\n`).join('') },
  ];
}

function file(name: string, value: unknown): DiagnosticsFile {
  return { name, text: `${JSON.stringify(value, null, 1)}\n` };
}

function othersWords(others: number): readonly string[] {
  return others === 0 ? [] : [`(left out, since not in the form of a line of this log: ${String(others)})`];
}

function readMe(hosts: boolean): string {
  return [
    'Diagnostics of Hushcal, for whoever helps.',
    '',
    'versions.json  Hushcal, its runtime, the system',
    'settings.json  settings that are no names and no paths',
    `servers.json   what each server is and how it is reached${hosts ? ', with its host' : ''}`,
    'runs.json      runs, with their numbers',
    'log.txt        the last lines: moments, places in the program, codes',
    '',
    `Not in it: titles, texts and people of events, names of users, calendars and files, addresses${hosts ? ' (but hosts)' : ', hosts'}, tickets, notes, passwords, keys.`,
    '',
  ].join('\n');
}
