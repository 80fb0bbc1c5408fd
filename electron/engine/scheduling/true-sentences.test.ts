import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { CanaryProof, Verdict, WriteMethod } from '../../../shared/model/scheduling.ts';
import { STANDARD_MODES } from '../../../shared/model/scheduling.ts';
import { parseMultistatus } from '../caldav/answers/multistatus.ts';
import { toEvidence } from '../caldav/discovery/evidence.ts';
import { parseStatusPage } from '../caldav/discovery/status-page.ts';
import type { ServerEvidence } from '../caldav/types.ts';
import { assess } from './assurance.ts';
import { recognise } from './recognise.ts';
import type { Capability } from './types.ts';

/*
 * Every sentence of a verdict, for every recorded server as it is and in other versions, every mode, all that a plan may do,
 * and whatever a test event showed: none says what another of them, or the verdict itself, denies.
 */

const FACES = join(import.meta.dirname, 'profiles', 'faces');
const face = z.object({
  answers: z.array(
    z.object({
      request: z.string(),
      status: z.number(),
      headers: z.array(z.tuple([z.string(), z.string()])),
      body: z.string().optional(),
    }),
  ),
});

/** What a recorded server answered: as it was, with its headers hidden, and with other words on its page. */
function serversIn(file: string): readonly (readonly [name: string, server: ServerEvidence])[] {
  const { answers } = face.parse(JSON.parse(readFileSync(join(FACES, file), 'utf8')));
  const options = answers.find(({ request, status }) => request.startsWith('OPTIONS ') && status === 200);
  if (options === undefined) throw new Error('a face has an answer to OPTIONS');
  const path = options.request.slice('OPTIONS '.length);
  const body = (request: string): string | undefined =>
    answers.find((one) => one.request === request && one.status < 300)?.body;
  const page = body('GET /status.php') ?? null;
  const described = body(`PROPFIND ${path}`);
  const collection = described === undefined ? undefined : parseMultistatus(described)?.[0];
  const linesOf = (hidden: readonly string[]): Record<string, string[]> => {
    const lines: Record<string, string[]> = {};
    for (const [name, value] of options.headers) if (!hidden.includes(name)) (lines[name] ??= []).push(value);
    return lines;
  };
  const make = (hidden: readonly string[], text: string | null, announces = false): ServerEvidence => {
    const headers = linesOf(hidden);
    if (announces) (headers['dav'] ??= []).push('scheduling-controls');
    const statusPage = text === null ? null : parseStatusPage(text);
    return toEvidence(path, headers, new Date(0), { described: collection, statusPage });
  };
  const versions =
    page === null
      ? []
      : ['29.0.16', '35.0.0', ''].map((version) => page.replace(/("versionstring":")[^"]*/, `$1${version}`));
  return [
    [file, make([], page)],
    [`${file}, hidden`, make(['server', 'x-sabre-version', 'x-davical-version'], null)],
    [`${file}, announcing`, make([], page, true)],
    ...versions.map((text) => [`${file}, another version`, make([], text)] as const),
  ];
}

const SERVERS = readdirSync(FACES)
  .filter((name) => name.endsWith('.json'))
  .flatMap(serversIn);

const METHODS: readonly (readonly WriteMethod[])[] = [
  ['create'],
  ['update'],
  ['create', 'update'],
  ['delete'],
  ['delete', 'update'],
  ['create', 'update', 'delete'],
  ['delete-collection'],
  ['proppatch'],
];

const shown = (control: boolean, create: boolean, update: boolean): CanaryProof => ({
  ...{ origin: '', product: null, owner: 'a', control, create, update, seen: ['Seen.'] },
  ...{ at: '2026-11-28T00:00:00Z', expiresAt: '2026-12-05T00:00:00Z' },
});
const PROOFS = [
  null,
  shown(false, false, false),
  shown(true, false, false),
  shown(true, true, false),
  shown(true, true, true),
];

/** Claims of a sentence, and whether they hold. */
const CLAIMS: readonly (readonly [claim: RegExp, holds: (about: About) => boolean])[] = [
  // In the reason.
  [/would ignore|everybody/i, () => false],
  [/is none that we know/, ({ known }) => known === null],
  [/does not name its version/, ({ known }) => known !== null && known.version === null],
  [
    /does not advertise/,
    ({ server, verdict }) => !server.davTokens.has('scheduling-controls') && verdict.effective === null,
  ],
  [/advertises scheduling-controls/, ({ server }) => server.davTokens.has('scheduling-controls')],
  [/kept quiet about a test event/, ({ proof }) => proof?.control === true && proof.create],
  [
    /A test event showed that it can notify nobody/,
    ({ proof, verdict }) => proof?.create === true && verdict.asked !== 'none',
  ],
  [/notified people about a test event/, ({ proof }) => proof?.control === true && !(proof.create && proof.update)],
  [/nobody will be notified/, ({ verdict }) => verdict.assurance === 'noScheduling'],
  [/not known to|may be another|cannot be detected|cannot notify/, ({ verdict }) => verdict.effective === null],
  [/which honours|which notifies nobody/, ({ verdict }) => verdict.effective !== null],
  [/it notifies whoever takes part/, ({ verdict }) => verdict.effective === 'all'],
];

interface About {
  readonly server: ServerEvidence;
  readonly known: ReturnType<typeof recognise>;
  readonly capability: Capability;
  readonly proof: CanaryProof | null;
  readonly methods: readonly WriteMethod[];
  readonly verdict: Verdict;
}

const runs = ({ capability }: About, mode: Verdict['asked'], methods: readonly WriteMethod[]): boolean =>
  capability.verdict(mode, methods).effective !== null;

const DONE: Readonly<Record<string, WriteMethod>> = { added: 'create', replaced: 'update', deleted: 'delete' };

function falseIn(about: About): readonly string[] {
  const { verdict, proof } = about;
  const { because, alternatives, undo, effective, asked } = verdict;
  const wrong = CLAIMS.filter(([claim, holds]) => claim.test(because) && !holds(about)).map(([claim]) => claim.source);
  const [, kept, other] = /keep quiet when events are (\w+), but not when they are (\w+)/.exec(because) ?? [];
  if (kept !== undefined && !runs(about, asked, [DONE[kept] ?? 'create'])) wrong.push(`keeps quiet when ${kept}`);
  if (other !== undefined && DONE[other] !== undefined && runs(about, asked, [DONE[other]]))
    wrong.push(`loud when ${other}`);
  if ((effective === null) !== (verdict.assurance === 'blocked')) wrong.push('effective');
  if (effective !== null && alternatives.length > 0) wrong.push('alternatives');
  const keeps = alternatives.some((one) => one.includes('this server keeps that'));
  if (keeps && !runs(about, 'none', about.methods)) wrong.push('keeps that');
  if (verdict.provable === true && (proof !== null || effective !== null)) wrong.push('provable');
  if (undo.includes('notifies nobody either') && verdict.assurance !== 'noScheduling') {
    const back = about.methods.map((method) => BACK[method] ?? null).filter((method) => method !== null);
    if (back.some((method) => !runs(about, 'none', [method]))) wrong.push('undo');
  }
  if (effective === null && !undo.includes('nothing to undo')) wrong.push('undo of nothing');
  return wrong;
}

/** What takes a write back. */
const BACK: Readonly<Partial<Record<WriteMethod, WriteMethod>>> = {
  create: 'delete',
  update: 'update',
  delete: 'create',
  'delete-collection': 'create',
};

// Seconds, for thousands of verdicts are looked at.
it('no sentence of a verdict is false, whatever the server, its version, the mode, the writes and the test event', () => {
  const wrong = new Set<string>();
  let looked = 0;
  for (const [name, server] of SERVERS) {
    for (const proof of PROOFS) {
      // The word of the admin changes nothing elsewhere.
      const asks = recognise(server)?.profile.schedules === 'unless-mail-hook';
      for (const assume of asks ? ([[], ['no-mail-hook']] as const) : ([[]] as const)) {
        const capability = assess({ server, assume, proof });
        for (const mode of STANDARD_MODES) {
          for (const methods of METHODS) {
            const verdict = capability.verdict(mode, methods);
            const about = { server, known: recognise(server), capability, proof, methods, verdict };
            looked += 1;
            for (const claim of falseIn(about)) {
              wrong.add(
                `${name}, ${mode}, ${methods.join('+')}, ${JSON.stringify(proof?.create)}: ${claim} | ${verdict.because} | ${verdict.undo}`,
              );
            }
          }
        }
      }
    }
  }
  expect([...wrong].slice(0, 20)).toEqual([]);
  expect(looked).toBeGreaterThan(8_000);
});
