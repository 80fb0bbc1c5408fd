import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import yazl from 'yazl';
import { zip as packed } from '../../../electron/engine/read/testing/packing.ts';
import { scaled } from './options.ts';

const event = (lines: string): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\n${lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;

/** Writes one file as it must not be trusted; gives its path. */
type Make = (folder: string) => Promise<string>;

const text =
  (name: string, make: () => Iterable<string>): Make =>
  async (folder) => {
    const path = join(folder, name);
    await pipeline(Readable.from(make()), createWriteStream(path));
    return path;
  };

const zip =
  (name: string, fill: (archive: yazl.ZipFile) => void): Make =>
  async (folder) => {
    const path = join(folder, name);
    const archive = new yazl.ZipFile();
    fill(archive);
    archive.end();
    await pipeline(archive.outputStream, createWriteStream(path));
    return path;
  };

const long = scaled(200_000);

function* repeated(part: string, octets: number): Generator<string> {
  const chunk = part.repeat(Math.max(1, Math.round(65_536 / part.length)));
  for (let sent = 0; sent < octets; sent += chunk.length) yield chunk;
}

export const FILES: Readonly<Record<string, Make>> = {
  'a UID of 200,000 blanks': text('uid.ics', () => [event('').replace('UID:a', `UID:${' '.repeat(long)}x`)]),
  '200 KB of dots after a link': text('dots.ics', () => [event(`DESCRIPTION:http://a.test/${'.'.repeat(long)}x`)]),
  '200 KB of parameters': text('parameters.ics', () => [event(`ATTENDEE${';X=1'.repeat(long / 4)}:mailto:a@b.test`)]),
  'a line of 300 MB': text('line.ics', () => repeated('x', scaled(300_000_000))),
  'components nested 100,000 deep': text('deep.ics', () => [event('BEGIN:VALARM\r\n'.repeat(long / 2))]),
  '300 MB of blank lines': text('blank.ics', () => repeated('\r\n', scaled(300_000_000))),
  '1 GB in a gzip file': async (folder) => {
    const path = join(folder, 'bomb.ics.gz');
    await pipeline(Readable.from(repeated('x', scaled(1_000_000_000))), createGzip(), createWriteStream(path));
    return path;
  },
  'a zip of 2,000 small bombs': zip('bombs.zip', (archive) => {
    const bomb = Buffer.from(event(`DESCRIPTION:${'A'.repeat(1_000_000)}`));
    for (let nth = 0; nth < scaled(2_000); nth += 1) archive.addBuffer(bomb, `${nth}.ics`);
  }),
  'a zip with 20,000 entries': async (folder) => {
    const path = join(folder, 'entries.zip');
    const content = Buffer.from('x');
    await writeFile(path, packed(Array.from({ length: scaled(20_000) }, (_, nth) => ({ name: String(nth), content }))));
    return path;
  },
};
