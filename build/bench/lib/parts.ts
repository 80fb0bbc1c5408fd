import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import type { RunningApp } from '../../../e2e/harness/app.ts';
import { framesDuring, type Frames } from './frames.ts';
import { watchMain, type MainProcess } from './main-process.ts';
import { SCALE } from './options.ts';
import { machine, perSecond, seconds } from './table.ts';

/** One part of a walk through the window, as it was watched. */
interface Part {
  readonly name: string;
  readonly ms: number;
  readonly events: number | null;
  readonly frames: Frames;
  readonly main: MainProcess;
  /** Processes that wanted a processor at its end: above the number of processors, gaps are not only ours. */
  readonly load: number;
}

/** Watches parts one after the other, page and main process, and leaves pictures and a table behind. */
export class Walk {
  readonly #parts: Part[] = [];
  readonly #name: string;
  readonly #output: string;

  /** `output` is the folder of the pictures. */
  constructor(name: string, output: string) {
    this.#name = name;
    this.#output = output;
  }

  async watched(app: RunningApp, name: string, events: number | null, work: () => Promise<void>): Promise<void> {
    const main = await watchMain(app);
    const began = performance.now();
    const frames = await framesDuring(app.page, work);
    const ms = performance.now() - began;
    const part = { name, ms, events, frames, main: await main(), load: loadavg()[0] ?? 0 };
    this.#parts.push(part);
    console.log(cells(part).join(' | '));
    await mkdir(this.#output, { recursive: true });
    const file = `${this.#name}-${String(this.#parts.length)}-${name.replaceAll(/[^a-z]+/gi, '-')}`;
    await app.page.screenshot({ path: `${this.#output}/${file}.png` });
  }

  /** Keeps the frames and the table; at full scale also among the results. */
  async keep(title: string): Promise<void> {
    const lines = [
      `# ${title}`,
      '',
      `| ${COLUMNS.join(' | ')} |`,
      `| ${COLUMNS.map(() => '---').join(' | ')} |`,
      ...this.#parts.map((part) => `| ${cells(part).join(' | ')} |`),
      '',
      'Gaps are those between two frames of the page; the main process is watched by a timer. Load: processes that wanted',
      'a processor.',
      '',
      machine(1),
      '',
    ];
    await writeFile(`${this.#output}/${this.#name}-frames.json`, JSON.stringify(this.#parts, null, 1));
    await writeFile(`${this.#output}/${this.#name}.md`, lines.join('\n'));
    if (SCALE === 1) await writeFile(`build/bench/results/${this.#name}.md`, lines.join('\n'));
    console.log(lines.join('\n'));
  }
}

const COLUMNS = [
  'part',
  'time',
  'events/s',
  'frames/s',
  'longest gap',
  'gaps > 34 ms',
  'main: longest delay (at work)',
  'main: delays > 100 ms',
  'main: memory',
  'load',
];

function cells({ name, ms, events, frames, main, load }: Part): readonly string[] {
  return [
    name,
    seconds(ms),
    events === null ? '–' : perSecond(events, ms),
    frames.perSecond.toFixed(1),
    `${frames.longestMs.toFixed(0)} ms`,
    String(frames.slow.length),
    `${main.longestMs.toFixed(0)} ms (${main.workedMs.toFixed(0)})`,
    String(main.slow.length),
    `${(main.rss / 2 ** 20).toFixed(0)} MB`,
    load.toFixed(1),
  ];
}
