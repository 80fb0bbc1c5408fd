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

/** How large an input is, of 1: ten times as much may take forty times as long. */
export type Share = number;
/** Writes one file as it must not be trusted; gives its path. */
type Make = (folder: string, share: Share) => Promise<string>;

export interface HostileFile {
  readonly make: Make;
  /** What is done with it; it is read and indexed when left out. */
  readonly ask?: 'find' | 'occurrences' | 'mapping' | 'passwords';
  /** A rule of a person, for `find`. */
  readonly rule?: string;
}

type Count = (count: number) => number;
const by =
  (share: Share): Count =>
  (count) =>
    Math.max(1, Math.round(scaled(count) * share));

const text =
  (name: string, make: (of: Count) => Iterable<string | Buffer>): Make =>
  async (folder, share) => {
    const path = join(folder, name);
    await pipeline(Readable.from(make(by(share))), createWriteStream(path));
    return path;
  };

const zip =
  (name: string, fill: (archive: yazl.ZipFile, of: Count) => void): Make =>
  async (folder, share) => {
    const path = join(folder, name);
    const archive = new yazl.ZipFile();
    fill(archive, by(share));
    archive.end();
    await pipeline(archive.outputStream, createWriteStream(path));
    return path;
  };

function* repeated(part: string, octets: number): Generator<string> {
  const chunk = part.repeat(Math.max(1, Math.round(65_536 / part.length)));
  for (let sent = 0; sent < octets; sent += chunk.length) yield chunk.slice(0, octets - sent);
}

const LONG = 200_000;
const invitation = (head: string, body: string): string =>
  `From: a@b.test\r\nTo: anna@c.test\r\nSubject: x\r\nMIME-Version: 1.0\r\n${head}\r\n\r\n${body}`;

const EVENTS: Readonly<Record<string, HostileFile>> = {
  'a UID of 200,000 blanks': {
    make: text('uid.ics', (of) => [event('').replace('UID:a', `UID:${' '.repeat(of(LONG))}x`)]),
  },
  '200 KB of dots after a link': {
    make: text('dots.ics', (of) => [event(`DESCRIPTION:http://a.test/${'.'.repeat(of(LONG))}x`)]),
  },
  '200 KB of dots after a link, looked for': {
    ask: 'find',
    rule: 'link~evil',
    make: text('dots.ics', (of) => [event(`DESCRIPTION:http://a.test/${'.'.repeat(of(LONG))}x`)]),
  },
  '200 KB of parameters': {
    make: text('parameters.ics', (of) => [event(`ATTENDEE${';X=1'.repeat(of(LONG) / 4)}:mailto:a@b.test`)]),
  },
  '20,000 guests': {
    make: text('guests.ics', (of) => [
      event(Array.from({ length: of(20_000) }, (_, nth) => `ATTENDEE;CN=a:mailto:a${nth}@b.test`).join('\r\n')),
    ]),
  },
  'a series with 50,000 exceptions of its dates': {
    ask: 'occurrences',
    make: text('exdates.ics', (of) => [
      event(`RRULE:FREQ=DAILY\r\n${'EXDATE:20260101T000000Z\r\n'.repeat(of(50_000))}X-A:b`),
    ]),
  },
  'a series that repeats each second for ever': {
    ask: 'occurrences',
    make: text('secondly.ics', (of) => [event('RRULE:FREQ=SECONDLY\r\n'.repeat(of(10)) + 'X-A:b')]),
  },
  'a series that never comes about': {
    ask: 'occurrences',
    make: text('never.ics', (of) => [
      ...Array.from({ length: of(100) }, (_, nth) =>
        event('RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30').replace('UID:a', `UID:a${nth}`),
      ),
    ]),
  },
  '20,000 instances of one series': {
    make: text('instances.ics', (of) =>
      Array.from({ length: of(20_000) }, (_, nth) =>
        event(`RECURRENCE-ID:${new Date(nth * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')}T000000Z`),
      ),
    ),
  },
  'a time zone with 50,000 changes': {
    ask: 'occurrences',
    make: text('zone.ics', (of) => [
      event('RRULE:FREQ=DAILY')
        .replace('DTSTART:20260101T000000Z', 'DTSTART;TZID=Z:20260101T000000')
        .replace(
          'BEGIN:VEVENT',
          `BEGIN:VTIMEZONE\r\nTZID:Z\r\n${'BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=DAILY\r\nEND:STANDARD\r\n'.repeat(of(50_000))}END:VTIMEZONE\r\nBEGIN:VEVENT`,
        ),
    ]),
  },
  'components nested 100,000 deep': {
    make: text('deep.ics', (of) => [event('BEGIN:VALARM\r\n'.repeat(of(LONG) / 2))]),
  },
};

const RULES: Readonly<Record<string, HostileFile>> = Object.fromEntries(
  ['title~(a+)+$', 'title~(a|aa)+b', 'title~^(.*,){20}x', 'title=*a*a*a*a*a*b'].map((rule) => [
    `the rule ${rule.replaceAll('|', '\\|')} over a title of 200 KB`,
    {
      ask: 'find',
      rule,
      make: text('rule.ics', (of) => [event(`SUMMARY:${'a'.repeat(of(LONG))}!`)]),
    } satisfies HostileFile,
  ]),
);

const INVITATIONS: Readonly<Record<string, HostileFile>> = {
  'an invitation of 30 MB in base64': {
    make: text('large.eml', (of) => [
      invitation('Content-Type: text/calendar; method=REQUEST\r\nContent-Transfer-Encoding: base64', ''),
      ...repeated(`${'QUJD'.repeat(19)}\r\n`, of(30_000_000)),
    ]),
  },
  'an invitation nested 20,000 parts deep': {
    make: text('nested.eml', (of) => [
      invitation('Content-Type: multipart/mixed; boundary=b0', ''),
      ...Array.from(
        { length: of(20_000) },
        (_, nth) => `--b${nth}\r\nContent-Type: multipart/mixed; boundary=b${nth + 1}\r\n\r\n`,
      ),
    ]),
  },
  'an invitation of 200,000 parts': {
    make: text('parts.eml', (of) => [
      invitation('Content-Type: multipart/mixed; boundary=b', ''),
      ...repeated('--b\r\nContent-Type: text/plain\r\n\r\nx\r\n', of(200_000) * 38),
    ]),
  },
  'an invitation with a header of 20 MB': {
    make: text('header.eml', (of) => [
      'From: a@b.test\r\nSubject: x\r\nX-Long: ',
      ...repeated('=?utf-8?q?a?= ', of(20_000_000)),
      '\r\nContent-Type: text/calendar\r\n\r\n',
      event(''),
    ]),
  },
  '200,000 mails in one mailbox': {
    make: text('many.mbox', (of) =>
      repeated('From a@b.test Thu Jan  1 00:00:00 2026\r\nSubject: x\r\n\r\nx\r\n\r\n', of(200_000) * 60),
    ),
  },
};

const LISTS: Readonly<Record<string, HostileFile>> = {
  'a mapping of 20 MB of quotes': { ask: 'mapping', make: text('quotes.csv', (of) => repeated('"', of(20_000_000))) },
  'a mapping of 20 MB of commas': { ask: 'mapping', make: text('commas.csv', (of) => repeated(',', of(20_000_000))) },
  'a mapping of 200,000 rows': {
    ask: 'mapping',
    make: text('rows.csv', (of) => ['source,user\n', ...repeated('a.ics,anna\n', of(200_000) * 11)]),
  },
  'a list of 500,000 passwords': {
    ask: 'passwords',
    make: text('passwords.csv', (of) => ['user,password\n', ...repeated('anna,x\n', of(500_000) * 7)]),
  },
};

const ARCHIVES: Readonly<Record<string, HostileFile>> = {
  'a line of 300 MB': { make: text('line.ics', (of) => repeated('x', of(300_000_000))) },
  '300 MB of blank lines': { make: text('blank.ics', (of) => repeated('\r\n', of(300_000_000))) },
  '1 GB in a gzip file': {
    make: async (folder, share) => {
      const path = join(folder, 'bomb.ics.gz');
      await pipeline(Readable.from(repeated('x', by(share)(1_000_000_000))), createGzip(), createWriteStream(path));
      return path;
    },
  },
  'a zip of 2,000 small bombs': {
    make: zip('bombs.zip', (archive, of) => {
      const bomb = Buffer.from(event(`DESCRIPTION:${'A'.repeat(1_000_000)}`));
      for (let nth = 0; nth < of(2_000); nth += 1) archive.addBuffer(bomb, `${nth}.ics`);
    }),
  },
  'a zip with 20,000 entries': {
    make: async (folder, share) => {
      const path = join(folder, 'entries.zip');
      const content = Buffer.from('x');
      const entries = Array.from({ length: by(share)(20_000) }, (_, nth) => ({ name: String(nth), content }));
      await writeFile(path, packed(entries));
      return path;
    },
  },
  'a backup whose description is nested 1,000,000 deep': {
    make: zip('manifest.zip', (archive, of) => {
      archive.addBuffer(Buffer.from('['.repeat(of(1_000_000))), 'manifest.json');
      archive.addBuffer(Buffer.from(event('')), 'a.ics');
    }),
  },
};

/** Files and lists that strangers send, by name. */
export const FILES: Readonly<Record<string, HostileFile>> = {
  ...EVENTS,
  ...RULES,
  ...INVITATIONS,
  ...LISTS,
  ...ARCHIVES,
};

/** A file packed alone into a zip; gives its path. */
export async function zipOf(folder: string, file: string): Promise<string> {
  return zip('backup.zip', (archive) => {
    archive.addFile(file, 'backup.ics');
  })(folder, 1);
}
