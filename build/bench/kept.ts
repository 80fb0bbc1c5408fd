import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { LineWriter } from '../../electron/engine/run/kept/sealed-lines.ts';
import { runChild } from './lib/child.ts';
import { ROUNDS, scaled } from './lib/options.ts';
import { interleave, median } from './lib/rounds.ts';
import { keep, seconds } from './lib/table.ts';

/*
 * What it costs that each line of a journal is checked: the same records with checksums and without (as the first format
 * had them), read as History, a resume and an undo read them.
 */

const LINES = scaled(100_000);
/** Lines about one row, where nothing goes wrong. */
const PER_ROW = 3;

const folder = await mkdtemp(join(tmpdir(), 'hushcal-bench-'));
try {
  const sealed = await writeJournal('20261129T000000000-00000001', true);
  const plain = await writeJournal('20261129T000000000-00000002', false);
  const read = (file: string, warm: string) => async (): Promise<number> => {
    const { wallMs, value } = await runChild<number>('journal', { warm, file });
    if (value !== Math.ceil(LINES / PER_ROW)) throw new Error(`${file} tells of ${String(value)} rows`);
    return wallMs;
  };
  const results = await interleave(
    [
      { name: 'sealed', run: read(sealed, plain) },
      { name: 'plain', run: read(plain, sealed) },
    ],
    ROUNDS,
  );
  const of = (name: string): number => median(results.get(name) ?? []);
  const ratio = of('sealed') / of('plain');
  const megabytes = async (file: string): Promise<string> => `${((await stat(file)).size / 1e6).toFixed(0)} MB`;
  keep('kept', 'Checking what is kept', [
    {
      work: `read a journal of ${String(LINES)} lines, each with its checksum`,
      against: 'the same records without checksums',
      figure: `${ratio.toFixed(2)}× the time`,
      mustBe: '≤ 2×',
      met: ratio <= 2,
      numbers: `checked ${seconds(of('sealed'))} (${await megabytes(sealed)}); plain ${seconds(of('plain'))} (${await megabytes(plain)})`,
    },
  ]);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** What a restore notes of a row: the answer, what was read back, its one outcome. */
async function writeJournal(runId: string, checked: boolean): Promise<string> {
  const file = join(folder, runId, 'journal.jsonl');
  await mkdir(join(folder, runId));
  const lines = new LineWriter(basename(join(folder, runId)));
  const text: string[] = [];
  for (let line = 0; line < LINES; line += 1) {
    const record = recordOf(line);
    text.push(checked ? lines.line(record) : JSON.stringify(record));
  }
  await writeFile(file, `${text.join('\n')}\n`);
  return file;
}

function recordOf(line: number): object {
  const row = Math.floor(line / PER_ROW);
  const etag = `"${createHash('md5').update(String(row)).digest('hex')}"`;
  const href = `/dav/calendars/alice/default/event-${String(row)}@mail.example.org.ics`;
  const outcome = { outcome: 'created', reason: '', status: 201, href, etag, ms: 12 };
  switch (line % PER_ROW) {
    case 0:
      return { k: 'applied', row, ...outcome };
    case 1:
      return { k: 'verified', row, verdict: 'same', properties: [], etag };
    default:
      return { k: 'final', row, ...outcome };
  }
}
