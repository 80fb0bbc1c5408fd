import { parseMultistatus } from '../../caldav/answers/multistatus.ts';
import { toEvidence } from '../../caldav/discovery/evidence.ts';
import { parseStatusPage } from '../../caldav/discovery/status-page.ts';
import { STANDARD_MODES, type WriteMethod } from '../../../../shared/model/scheduling.ts';
import { assess } from '../assurance.ts';

/** What a server answered, as far as it is recognised by that. */
interface Answered {
  readonly name: string;
  readonly path: string;
  /** Header lines of OPTIONS. */
  readonly options: Readonly<Record<string, string[]>>;
  /** Body of PROPFIND on the calendar. */
  readonly described?: string | undefined;
  readonly statusPage?: string | undefined;
}

/** What each job asks of a server. */
const JOBS: readonly (readonly [job: string, methods: readonly WriteMethod[]])[] = [
  ['restore', ['create', 'update']],
  ['undo of a restore', ['delete', 'update']],
  ['clean-up', ['delete']],
  ['undo of a clean-up', ['create']],
  ['migrate', ['create', 'update']],
  ['delete a calendar', ['delete-collection']],
];

/** Product by job: the modes besides `all` that run there, for the development of the profiles (`npm run matrix -- --silence`). */
export function silenceTable(servers: readonly Answered[]): string {
  const rows = servers.map((server) => [server.name, ...JOBS.map(([, methods]) => cellOf(server, methods))]);
  const silent = JOBS.map(([job], at) => {
    const silently = rows.filter((row) => /\bnone\b/.test(row[at + 1] ?? '')).length;
    return `${job} ${silently}`;
  });
  const head = ['answers of', ...JOBS.map(([job]) => job)];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    '',
    `Of ${servers.length}, "none" runs for: ${silent.join(', ')}.`,
  ].join('\n');
}

function cellOf(server: Answered, methods: readonly WriteMethod[]): string {
  const evidence = toEvidence(server.path, server.options, new Date(0), {
    described: server.described === undefined ? undefined : parseMultistatus(server.described)?.[0],
    statusPage: server.statusPage === undefined ? null : parseStatusPage(server.statusPage),
  });
  const runs = (assume: readonly 'no-mail-hook'[]): readonly string[] => {
    const capability = assess({ server: evidence, assume });
    return STANDARD_MODES.filter((mode) => mode !== 'all' && capability.verdict(mode, methods).effective !== null);
  };
  const open = runs([]);
  if (open.length > 0) return open.join(', ');
  if (runs(['no-mail-hook']).length > 0) return 'without mail hook';
  return assess({ server: evidence, assume: [] }).verdict('none', methods).provable === true ? 'test event' : '–';
}
