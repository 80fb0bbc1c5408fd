import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { runPracticeCommand } from '../practice/command.ts';
import { COMMAND_NAMES, loadCommand } from './commands.ts';
import { LINES } from './output/line-schema.ts';
import { batchEvent } from '../../shared/model/batch/batch.ts';
import { jobEvent, PHASES } from '../../shared/model/job.ts';
import { calendar, GUESTS, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { readLine, sayIn, toCalendar } from './testing/said.ts';

/** Lines that are no event of a run. */
const RESULTS = [
  'rehearsal',
  'found',
  'missing',
  'backup',
  'retention',
  'backup-age',
  'canary',
  'tested',
  'purged',
  'diagnostics',
  'audit',
  'audit-verify',
];

/** Lines that are what they are about, without a kind. */
const UNNAMED = ['inspect', 'runs', 'verify', 'unlock', 'practice', 'help'];

const page = await readFile(new URL('../../docs/cli-events.md', import.meta.url), 'utf8');

/** Kinds that have a section on the page, and the text of it. */
const texts = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const [title = ''] = section.split('\n');
      return [title.replace(/`/g, '').trim(), section] as const;
    }),
);

/** The example lines of each section. */
const sections = new Map(
  [...texts].map(([title, text]) => [title, [...text.matchAll(/^\{"v":1,.*$/gm)].map(([line]) => line)] as const),
);

const named = z.looseObject({ kind: z.string() });
const kindsOf = (union: {
  readonly options: readonly { readonly shape: { readonly kind: { readonly value: string } } }[];
}) => union.options.map(({ shape }) => shape.kind.value);

describe('docs/cli-events.md', () => {
  it('has every kind of line, with an example', () => {
    const kinds = new Set([...kindsOf(jobEvent), ...kindsOf(batchEvent), ...RESULTS, ...UNNAMED]);
    expect([...sections.keys()].sort()).toEqual([...kinds].sort());
    for (const [title, lines] of sections) expect([title, lines.length > 0]).toEqual([title, true]);
  });

  it('is what every command prints with `--json`; these three print JSON without it', async () => {
    const without = [];
    for (const name of COMMAND_NAMES) {
      const { usage = '' } = (await loadCommand(name)) ?? {};
      if (!usage.includes('[--json]')) without.push(name);
    }
    expect(without).toEqual(['practice', 'report', 'schema']);
  });

  it('names every phase, in their order', () => {
    const [, list = ''] = /`phase` is one of ([^;]+);/.exec(texts.get('phase') ?? '') ?? [];
    expect(list.split(', ').map((name) => name.replace(/`/g, ''))).toEqual(PHASES);
  });

  it.each([...sections].flatMap(([title, lines]) => lines.map((line) => [title, line] as const)))(
    'its example of %s is such a line: %s',
    (title, line) => {
      const event = readLine(line);
      if (UNNAMED.includes(title)) return;
      expect(named.parse(event).kind).toBe(title);
      if (RESULTS.includes(title)) return;
      const fits = jobEvent.safeParse(event).success || batchEvent.safeParse(event).success;
      // The examples of these leave out what the schemas have of the plan's numbers.
      if (title !== 'plan' && title !== 'member') expect(fits).toBe(true);
    },
  );
});

describe('the lines of recorded runs', () => {
  let world: World;
  const said: string[] = [];

  beforeAll(async () => {
    world = await openWorld();
    const source = await world.source(
      'two.ics',
      calendar([
        ['UID:a', ...GUESTS],
        ['UID:b', 'SUMMARY:Lunch'],
      ]),
    );
    const to = toCalendar(world);
    const runs = ['--runs', world.runsDir];
    const hear = async (argv: readonly string[]): Promise<void> => {
      said.push((await sayIn(world, [...argv, '--json'])).out);
    };
    await hear(['inspect', source]);
    await hear(['find', source, '--text', 'lunch']);
    await hear(['missing', source, ...to]);
    await hear(['restore', source, ...to, '--scheduling', 'none', '--dry-run']);
    await hear(['restore', source, ...to, '--scheduling', 'none', '--rehearse']);
    await hear(['restore', source, ...to, '--scheduling', 'none', '--yes']);
    await hear(['restore', join(world.dir, 'missing.ics'), ...to, '--scheduling', 'none', '--yes']);
    await hear([
      'cleanup',
      ...to,
      '--match',
      'title=Lunch',
      '--scheduling',
      'none',
      '--include-own',
      '--yes',
      '--max-share',
      '100%',
    ]);
    await hear(['restore', source]);
    await hear(['cleanup', ...to, '--inbox', '--match', 'title=Nothing', '--scheduling', 'none', '--dry-run']);
    await hear(['canary', ...to, '--yes']);
    const { calendarUrl } = world;
    await hear([
      'backup',
      '--calendar',
      calendarUrl,
      '--user',
      'alice',
      '--password-env',
      'PASSWORD',
      '--out',
      join(world.dir, 'b.zip'),
    ]);
    await hear(['backup', '--keep', '7d', '--folder', world.dir, '--dry-run']);
    await hear(['backup-age', world.dir, '--older-than', '26h']);
    await hear(['verify', join(world.dir, 'b.zip'), ...runs]);
    await hear(['runs', ...runs]);
    await hear(['audit', ...runs]);
    await hear(['audit', '--verify', ...runs]);
    await hear(['purge', '--older-than', '90d', ...runs]);
    await hear(['diagnostics', ...runs]);
    await hear(['help']);
    await runPracticeCommand([], {
      out: (line) => said.push(line),
      error: (line) => expect.fail(line),
      onStop: (stop) => {
        stop();
      },
    });
  });
  afterAll(() => world.close());

  it('all begin with their version, and each kind stands on the page', () => {
    const lines = said.flatMap((out) => out.split('\n').filter((line) => line !== ''));
    const kinds = new Set<string>();
    for (const line of lines) {
      const kind = named.safeParse(readLine(line));
      // The lines of `inspect`, `runs` and `verify` are what they are about, without a kind of line.
      const isNamed =
        kind.success && (RESULTS.includes(kind.data.kind) || !('batchId' in kind.data || 'sound' in kind.data));
      if (isNamed) kinds.add(kind.data.kind);
    }
    for (const kind of kinds) expect([kind, sections.has(kind)]).toEqual([kind, true]);
    // `tested` needs a server that is not known to keep quiet: running/canary-rows.test.ts.
    const recorded = RESULTS.filter((kind) => kind !== 'tested');
    for (const kind of [...recorded, 'started', 'plan', 'item', 'verified', 'problem', 'settled', 'member'])
      expect([kind, kinds.has(kind)]).toEqual([kind, true]);
  });

  it('fit the schema that the program prints, and what it checks them with', async () => {
    const printed = await sayIn(world, ['schema']);
    expect(printed.code).toBe(0);
    const fits = new Ajv2020({ strict: false }).compile(z.looseObject({}).parse(JSON.parse(printed.out)));
    const lines = said.flatMap((out) => out.split('\n').filter((line) => line !== ''));
    for (const line of lines) {
      const names = LINES.filter(([, schema]) => schema.safeParse(readLine(line)).success).map(([name]) => name);
      expect([line, names.length > 0, fits(JSON.parse(line))]).toEqual([line, true, true]);
    }
    for (const line of ['{}', '{"v":1,"kind":"settled"}', '{"v":2,"kind":"paused","paused":true}'])
      expect([line, fits(JSON.parse(line))]).toEqual([line, false]);
    const open = { ...z.looseObject({}).parse(JSON.parse('{"v":1,"kind":"paused","paused":true}')), later: 1 };
    expect(fits(open)).toBe(true);
  });
});
