import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ownWords } from '../../electron/engine/caldav/answers/words.ts';
import { buildIndex } from '../../electron/engine/icalendar/index/build-index.ts';
import { uidsOf } from '../../electron/engine/icalendar/summary/uids.ts';
import { meaningOf } from '../../electron/engine/icalendar/meaning/meaning.ts';
import { readSources } from '../../electron/engine/read/read-sources.ts';
import { addressKey } from '../../electron/engine/scheduling/addresses.ts';
import { factsOf } from '../../electron/engine/search/facts.ts';
import { ownerOf } from '../../electron/engine/search/owner.ts';

/** Characters that patterns and splitters look for, one of each kind. */
const CHARACTERS = [
  ...[' ', '\t', '.', ',', ';', ':', '-', '_', '=', '"', '\\', '/', '<', '>', '(', '@', '%', '&', '?', '#', '*'],
  ...['a', 'Z', '7', '\r', '\r\n ', '\n\t', '\u0001', 'é', '…', '👍', 'a,', '="', '<a ', '\\n', 'http://'],
];

const OWNER = ownerOf('anna@b.test', [], []);

/** Where the run stands in an event. */
const PLACES: readonly (readonly [name: string, line: (run: string) => string])[] = [
  ['UID', (run) => `UID:a${run}b`],
  ['SUMMARY', (run) => `SUMMARY:a${run}b`],
  ['a text with a link', (run) => `DESCRIPTION:see http://a.test/${run} b`],
  ['a text with markup', (run) => `X-ALT-DESC;FMTTYPE=text/html:<p>a${run}</p><a href="http://a.test">b</a>`],
  ['an address', (run) => `ATTENDEE;CN=a:mailto:a${run}@b.test`],
  ['a parameter', (run) => `ATTENDEE;CN="a${run}b";RSVP=TRUE:mailto:a@b.test`],
  ['a time zone', (run) => `DTEND;TZID=Europe/Berlin${run}:20260101T110000`],
  ['a time', (run) => `DTEND:20260101T110000Z${run}`],
  ['a rule', (run) => `RRULE:FREQ=DAILY;COUNT=2${run}`],
  ['the name of a property', (run) => `X-A${run}:b`],
  ['a line of its own', (run) => run],
  ['the end', (run) => `END:VEVENT${run}`],
];

const SHORT = 4000;
const LONG = SHORT * 10;
/** Ten times the text may take forty times as long: what is quadratic takes a hundred times as long. */
const MOST = 40;
/** Below it, in milliseconds, the clock and the rest of the machine say more than the code. */
const NOISE = 40;

/** Reads events with long runs of one character and tells where ten times the length takes far more than ten times as long. */
export async function* slowRuns(work: string, begins: (what: string) => void): AsyncGenerator<string> {
  for (const [place, line] of PLACES) {
    for (const character of CHARACTERS) {
      const what = `${place}, ${JSON.stringify(character)}`;
      begins(what);
      const long = await best(work, line, character, LONG);
      if (long <= NOISE) continue;
      const short = await best(work, line, character, SHORT);
      if (long > MOST * short)
        yield `${what}: ${String(SHORT)} take ${short.toFixed(1)} ms, ${String(LONG)} ${long.toFixed(1)} ms`;
    }
  }
}

/** The best of three, in milliseconds; what is quick at once needs no second look. */
async function best(work: string, line: (run: string) => string, character: string, length: number): Promise<number> {
  let low = Infinity;
  for (let round = 0; round < 3 && low > NOISE; round += 1) {
    low = Math.min(low, await timed(work, eventWith(line(character.repeat(length)))));
  }
  return low;
}

function eventWith(line: string): string {
  const lines = ['BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z', 'DTSTART:20260101T100000Z', line, 'END:VEVENT'];
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//a//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

async function timed(work: string, text: string): Promise<number> {
  const file = path.join(work, 'long.ics');
  await mkdir(work, { recursive: true });
  await writeFile(file, text);
  const began = performance.now();
  const reading = await readSources([file], { spoolDir: path.join(work, 'spool') });
  const index = await buildIndex(reading);
  for (let ordinal = 0; ordinal < index.size; ordinal += 1) {
    const summary = index.summary(ordinal);
    const body = (await index.text(ordinal)).toString('utf8');
    factsOf(summary, '/a.ics', body, OWNER);
    meaningOf(body);
  }
  for (const [at] of index.rejected.entries()) await index.rejectedText(at);
  await index.close();
  uidsOf(text);
  ownWords(text);
  addressKey(text);
  const took = performance.now() - began;
  await rm(work, { recursive: true, force: true });
  return took;
}
