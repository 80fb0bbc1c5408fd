import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { fileProblem } from './problems.ts';
import { codes, event, useLaid } from './testing/laid.ts';
import { zip } from './testing/packing.ts';

const { dir, file, read, labels } = useLaid();

describe('files and folders', () => {
  test('a plain file is used where it is', async () => {
    const calendar = file('a.ics', event('x'));
    const { files, problems } = await read([calendar]);
    expect(problems).toEqual([]);
    expect(files).toEqual([
      { index: 0, label: calendar, path: calendar, bytes: 89, encoding: 'utf-8', format: 'icalendar', spooled: false },
    ]);
  });

  test('a folder is walked in a stable order; content decides what is a calendar', async () => {
    file('b/2.txt', event('x'));
    file('b/1.ics', event('x'));
    file('a.ical', event('x'));
    file('readme.md', 'Nothing here');
    file('photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0, 1, 2, 3, 4]));
    file('.hidden.ics', event('x'));
    const reading = await read([dir()]);
    expect(labels(reading)).toEqual(['a.ical', path.join('b', '1.ics'), path.join('b', '2.txt')]);
    expect(codes(reading)).toEqual([]);
  });

  test('mail is decoded whatever its first header is, in a folder, too', async () => {
    const text = Buffer.from('BEGIN:VCALENDAR\r\nSUMMARY:ä\r\nEND:VCALENDAR\r\n').toString('base64');
    const headers = 'Content-Type: text/calendar; charset=utf-8\nContent-Transfer-Encoding: base64';
    file('a.eml', `Authentication-Results: mx; dkim=pass\n${headers}\nFrom: m@example.com\n\n${text}\n`);
    file('b.eml', 'ARC-Seal: i=1\nContent-Transfer-Encoding: quoted-printable\n\nBEGIN:VCALENDAR\nSUMMARY:=C3=A4\n');
    const reading = await read([dir()]);
    expect(reading.files).toHaveLength(1);
    expect(readFileSync(reading.files[0]?.path ?? '', 'utf8')).toContain('SUMMARY:ä');
    expect(labels(reading)).toEqual(['a.eml']);
    expect(codes(reading)).toEqual(['mail-without-calendar']);
  });

  test('answers saved as XML are read, decoded, each object for itself', async () => {
    const data = (text: string): string => `<c:calendar-data>${text}</c:calendar-data>`;
    const response = (href: string, inner: string): string =>
      `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${inner}</d:prop></d:propstat></d:response>`;
    const one = event('a &amp; b &lt;c&gt; \u{fc}').replaceAll('\r', '&#13;');
    const two = `<![CDATA[${event('d & e')}]]>`;
    const all =
      response('/c/', '') +
      response('/c/1.ics', data(one)) +
      response('/c/2.ics', data(two)) +
      response('/c/3.ics', '');
    const xml = `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">${all}</d:multistatus>`;
    file('a.xml', `HTTP/1.1 207 Multi-Status\r\nContent-Type: text/xml\r\n\r\n${xml}`);
    file('b.ics', Buffer.from(`<?xml version="1.0" encoding="iso-8859-1"?>\n${xml}`, 'latin1'));
    const reading = await read([dir()]);
    expect(labels(reading)).toEqual(['a.xml › /c/1.ics', 'a.xml › /c/2.ics', 'b.ics › /c/1.ics', 'b.ics › /c/2.ics']);
    const texts = reading.files.map((one) => readFileSync(one.path, 'utf8'));
    for (const at of [0, 2]) expect(texts[at]).toContain('SUMMARY:a & b <c> ü\r\n');
    for (const at of [1, 3]) expect(texts[at]).toContain('SUMMARY:d & e\n');
    expect(reading.problems.map(({ label, code }) => `${path.basename(label)} ${code}`)).toEqual([
      '3.ics dav-response',
      '3.ics dav-response',
    ]);
  });

  test('an answer that is cut off, or holds no events, is refused by name; an object of a property list is read', async () => {
    const open = '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">';
    file('cut.xml', `${open}<c:calendar-data>BEGIN:VCALENDAR\nSUMMARY:a &amp; b`);
    file('none.xml', `${open}</d:multistatus>`);
    file(
      'in.alice',
      '{ tables = { x = { records = ( { c_content = "BEGIN:VCALENDAR\nEND:VCALENDAR"; c_name = "1.ics"; } ); }; }; }',
    );
    const reading = await read([dir()]);
    expect(codes(reading)).toEqual(['dav', 'dav']);
    expect(labels(reading)).toEqual(['in.alice › 1.ics']);
  });

  test('what is encoded and cannot be decoded is refused by name, in a folder, too', async () => {
    const quoted =
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=3DACCEPTED:mailto:a@x.test\nEND:VEVENT\nEND:VCALENDAR\n';
    const part = 'Content-Type: text/calendar\nContent-Transfer-Encoding: quoted-printable\n\n';
    file('a.txt', quoted);
    file('b.txt', `--bb\n${part}${quoted}--bb--\n`);
    file('c.txt', `<!DOCTYPE html>\n<pre>\nBEGIN:VCALENDAR\nSUMMARY:a &amp; b\nEND:VCALENDAR\n</pre>`);
    file('d.txt', `<?xml version="1.0"?>\n<all>\nBEGIN:VCALENDAR\nSUMMARY:a &amp; b\nEND:VCALENDAR\n</all>`);
    file('e.txt', `Subject: x\nMIME-Version: 1.0\n\n${quoted}`);
    const reading = await read([dir()]);
    expect(codes(reading)).toEqual(['quoted', 'mail-part', 'markup', 'markup', 'mail-without-calendar']);
    expect(reading.files).toEqual([]);
  });

  test('a calendar that only looks a little like that is read', async () => {
    file('a.ics', event('x').replace('SUMMARY', 'ATTENDEE;CN=3D Systems:mailto:a@x.test\r\nSUMMARY'));
    file('b.ics', `<br />\n<b>Notice</b>: x on line 1\n${event('y')}`);
    expect(labels(await read([dir()]))).toEqual(['a.ics', 'b.ics']);
  });

  test('mail with parts that are binary is decoded', async () => {
    const calendar = event('gr\u{f6}\u{df}e');
    const photo = Buffer.from([0x89, 0x50, 0, 1, 2, 13, 10, 45, 45, 255, 10, 0, 13]);
    const head = 'X-First: 1\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="bb"\r\n\r\n';
    const binary = '--bb\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: binary\r\n\r\n';
    const plain = '\r\n--bb\r\nContent-Type: text/calendar; charset=utf-8\r\nContent-Transfer-Encoding: binary\r\n\r\n';
    const coded =
      '\r\n--bb\r\nContent-Type: text/calendar; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64\r\n\r\n';
    const latin = Buffer.from(Buffer.from(calendar, 'latin1').toString('base64'));
    file(
      'm.eml',
      Buffer.concat(
        [head, binary, photo, plain, calendar, coded, latin, '\r\n--bb--\r\n'].map((one) => Buffer.from(one)),
      ),
    );
    const reading = await read([dir()]);
    expect(codes(reading)).toEqual([]);
    const texts = reading.files.map((one) => readFileSync(one.path, 'utf8').trimEnd());
    expect(texts).toEqual([calendar.trimEnd(), calendar.trimEnd()]);
  });

  test('links are followed, but a folder is never visited twice', async () => {
    file('a/1.ics', event('x'));
    symlinkSync(dir(), path.join(dir(), 'a', 'loop'));
    symlinkSync(path.join(dir(), 'a', '1.ics'), path.join(dir(), 'link.ics'));
    expect(labels(await read([dir()]))).toEqual([path.join('a', '1.ics'), 'link.ics']);
  });

  test('a link that leads out of the chosen folder is named and not followed', async () => {
    file('elsewhere/private.ics', event('x'));
    file('chosen/1.ics', event('x'));
    const chosen = path.join(dir(), 'chosen');
    symlinkSync(path.join(dir(), 'elsewhere', 'private.ics'), path.join(chosen, 'file.ics'));
    symlinkSync(path.join(dir(), 'elsewhere'), path.join(chosen, 'folder'));
    symlinkSync(path.join(dir(), 'nowhere'), path.join(chosen, 'broken'));
    const reading = await read([chosen]);
    expect(reading.files.map(({ label }) => label)).toEqual([path.join(chosen, '1.ics')]);
    expect(reading.problems.map(({ label, code }) => [path.basename(label), code])).toEqual([
      ['broken', 'broken-link'],
      ['file.ics', 'link-outside'],
      ['folder', 'link-outside'],
    ]);
    // A link that a person names is what that person means.
    symlinkSync(chosen, path.join(dir(), 'latest'));
    expect((await read([path.join(dir(), 'latest')])).files).toHaveLength(1);
  });

  test.each([
    ['empty', '', 'a.ics'],
    ['binary', Buffer.from([1, 2, 3, 0, 5, 6, 7, 1, 2]), 'a.ics'],
    ['not-icalendar', 'Dear all,\nno calendar here.\n', 'a.ics'],
    ['html', '<!DOCTYPE html><html><body>Log in</body></html>', 'a.ics'],
    ['xcal', '<?xml version="1.0"?><icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"/>', 'a.xml'],
    ['damaged-archive', Buffer.from([0x1f, 0x8b, 7, 0, 1, 2, 3, 4]), 'a.ics.gz'],
    ['cut-archive', gzipSync(event('x')).subarray(0, 60), 'cut.ics.gz'],
    ['packed', Buffer.from('7z\xbc\xaf\x27\x1c\x00\x04', 'latin1'), 'a.7z'],
    ['packed', Buffer.from('BZh91AY&SY', 'latin1'), 'a.ics.bz2'],
    ['outlook', Buffer.from('!BDN\x00\x00', 'latin1'), 'mail.pst'],
    ['binary', `MZ\0\0 a program that unpacks itself\r\n${event('x')}`, 'setup.ics'],
    ['mail-without-calendar', 'From: a@b.test\nMIME-Version: 1.0\nContent-Type: text/plain\n\nhello', 'a.eml'],
  ])('%s is one clear problem', async (code, content, name) => {
    const reading = await read([file(name, content), file('good.ics', event('x'))]);
    expect(codes(reading)).toEqual([code]);
    expect(reading.problems[0]?.reason).toMatch(/^This .*\.$/);
    expect(labels(reading)).toEqual(['good.ics']);
  });

  test('a missing path and an empty folder are named', async () => {
    mkdirSync(path.join(dir(), 'none'));
    expect(codes(await read([path.join(dir(), 'nowhere'), path.join(dir(), 'none')]))).toEqual([
      'missing',
      'empty-folder',
    ]);
  });

  test('a file over the limit is named', async () => {
    expect(codes(await read([file('a.ics', event('x'))], { maxFileBytes: 50 }))).toEqual(['too-large']);
  });

  test('a macOS archive that is a database is told apart from an empty folder', async () => {
    file('Backup.icbu/Calendar.sqlitedb', 'SQLite format 3\u0000');
    expect(codes(await read([path.join(dir(), 'Backup.icbu')]))).toEqual(['apple-database']);
  });

  test('a macOS archive of events is a folder like any other', async () => {
    file('Backup.icbu/1.calendar/Events/a.ics', event('x'));
    file('Backup.icbu/1.calendar/Info.plist', '<?xml version="1.0"?><plist/>');
    const reading = await read([path.join(dir(), 'Backup.icbu')]);
    expect([reading.files.length, codes(reading)]).toEqual([1, []]);
  });
});

describe('what is not quite a calendar file', () => {
  test('a calendar far behind blank lines or junk is found; a file without one is not called empty', async () => {
    const blank = file('blank.ics', '\r\n'.repeat(40_000) + event('x'));
    const junk = file('junk.ics', `${'x'.repeat(70_000)}\r\n${event('x')}`);
    const reading = await read([blank, junk]);
    expect([reading.files.length, codes(reading)]).toEqual([2, []]);
  });

  test('links that lead nowhere, and pipes, are named and never read', async () => {
    symlinkSync('circle', path.join(dir(), 'circle'));
    execFileSync('mkfifo', [path.join(dir(), 'pipe.ics'), path.join(dir(), 'pipe')]);
    file('1.ics', event('x'));
    const reading = await read([dir()]);
    expect(reading.problems.map(({ label, code }) => [path.basename(label), code])).toEqual([
      ['circle', 'broken-link'],
      ['pipe.ics', 'not-a-file'],
    ]);
    expect(reading.files).toHaveLength(1);
  });

  test('a chosen path that cannot be read says why: its permissions are not always to blame', async () => {
    symlinkSync('circle', path.join(dir(), 'circle'));
    const circle = path.join(dir(), 'circle');
    const long = path.join(dir(), `${'x'.repeat(300)}.ics`);
    expect(codes(await read([circle, long]))).toEqual(['broken-link', 'missing']);
  });

  test('a file that the system fails to read is not called forbidden', () => {
    const refused = (code: string) => fileProblem('a.ics', Object.assign(new Error(`${code}: read`), { code })).reason;
    expect(['EACCES', 'EPERM', 'EIO', 'EMFILE'].map(refused)).toEqual([
      'This file may not be read; check its permissions.',
      'This file may not be read; check its permissions.',
      'The system could not read this file; try again, or choose a copy of it.',
      'The system could not read this file; try again, or choose a copy of it.',
    ]);
  });

  test('an archive that is not read here is named also in a folder', async () => {
    file('alice.7z', Buffer.from('7z\xbc\xaf\x27\x1c\x00\x04', 'latin1'));
    file('bob.ics', event('x'));
    expect(codes(await read([dir()]))).toEqual(['packed']);
  });
});

describe('encodings', () => {
  const text = event('größe €');

  test('a byte order mark is noted and stays where it is', async () => {
    const [one] = (await read([file('a.ics', `\ufeff${text}`)])).files;
    expect([one?.encoding, one?.spooled]).toEqual(['utf-8-bom', false]);
  });

  test.each(['utf-16le', 'utf-16be'])('%s, with and without a mark', async (encoding) => {
    const { files } = await read([
      file('with.ics', iconv.encode(text, encoding, { addBOM: true })),
      file('without.ics', iconv.encode(text, encoding)),
    ]);
    for (const one of files) {
      expect([one.encoding, one.spooled]).toEqual([encoding, true]);
      expect(readFileSync(one.path, 'utf8')).toBe(text);
    }
    expect(files).toHaveLength(2);
  });

  test('Western European text is converted, lines that are UTF-8 already are kept', async () => {
    const mixed = Buffer.concat([
      Buffer.from('BEGIN:VCALENDAR\r\nX-UTF8:größe\r\n', 'utf8'),
      iconv.encode('SUMMARY:Prüfung für Jürgen, Käse und Öl, große Größe\r\n', 'windows-1252'),
      Buffer.from('END:VCALENDAR\r\n'),
    ]);
    const [one] = (await read([file('a.ics', mixed)])).files;
    expect([one?.encoding, one?.spooled]).toEqual(['windows-1252', true]);
    const converted = readFileSync(one?.path ?? '', 'utf8');
    expect(converted).toContain('X-UTF8:größe\r\n');
    expect(converted).toContain('SUMMARY:Prüfung für Jürgen, Käse und Öl, große Größe\r\n');
  });

  test('a fold inside a UTF-8 character is UTF-8', async () => {
    const bytes = Buffer.from(event('größe'), 'utf8');
    const at = bytes.indexOf(0xc3) + 1;
    const folded = Buffer.concat([bytes.subarray(0, at), Buffer.from('\r\n '), bytes.subarray(at)]);
    const [one] = (await read([file('a.ics', folded)])).files;
    expect([one?.encoding, one?.spooled]).toEqual(['utf-8', false]);
  });

  test('a bare CR that ends a line at the border of two chunks', async () => {
    const head = 'BEGIN:VCALENDAR\rX-PAD:';
    const latin = iconv.encode('SUMMARY:Käse und Öl für Jürgen, große Größe\r', 'windows-1252');
    for (const shift of [-1, 0, 1]) {
      const filler = 'a'.repeat(256 * 1024 - head.length - 'größe\r'.length - 2 + shift);
      const utf8 = Buffer.from(`${head}${filler}größe\r`, 'utf8');
      const [one] = (await read([file(`a${String(shift)}.ics`, Buffer.concat([utf8, latin]))])).files;
      const converted = readFileSync(one?.path ?? '', 'utf8');
      expect([converted.includes('agröße\r'), converted.endsWith('große Größe\r')]).toEqual([true, true]);
    }
  });

  test('a character across two chunks of reading is UTF-8', async () => {
    const padding = `X-PAD:${'a'.repeat(1024 * 1024 - 43)}\r\n`;
    const long = `BEGIN:VCALENDAR\r\n${padding}${'€'.repeat(50)}`;
    for (const shift of ['', 'b', 'bb']) {
      const [one] = (await read([file(`a${shift}.ics`, long.replace('X-PAD:', `X-PAD:${shift}`))])).files;
      expect(one?.encoding).toBe('utf-8');
    }
  });
});

describe('archives', () => {
  const good = { name: 'Takeout/Calendar/work.ics', content: Buffer.from(event('x')) };

  test('calendars inside are unpacked, everything else is passed over', async () => {
    const archive = file(
      'takeout.zip',
      zip([
        good,
        { name: 'Takeout/archive_browser.html', content: Buffer.from('<html/>') },
        { name: '__MACOSX/._a.ics', content: Buffer.from('x') },
      ]),
    );
    const reading = await read([archive]);
    expect(reading.files.map((one) => one.label)).toEqual([`${archive} › Takeout/Calendar/work.ics`]);
    expect(reading.files[0]?.spooled).toBe(true);
    expect(codes(reading)).toEqual([]);
  });

  test('an archive in an archive is unpacked once, not twice', async () => {
    const inner = zip([good]);
    const twice = zip([{ name: 'inner.zip', content: inner }]);
    const thrice = zip([{ name: 'middle.zip', content: twice }]);
    const reading = await read([file('two.zip', twice), file('three.zip', thrice)]);
    expect(labels(reading)).toEqual([`two.zip › inner.zip › ${good.name}`]);
    expect(codes(reading)).toEqual(['nested-too-deep']);
  });

  test.each([
    ['unsafe-name', { name: '../../escape.ics', content: Buffer.from(event('x')) }],
    ['unsafe-name', { name: '/etc/escape.ics', content: Buffer.from(event('x')) }],
    ['encrypted-archive', { name: 'secret.ics', content: Buffer.from(event('x')), flags: 1 }],
    ['zip-bomb', { name: 'bomb.ics', content: Buffer.alloc(20 * 1024 * 1024, 'A') }],
    ['damaged-archive', { name: 'liar.ics', content: Buffer.from(event('x').repeat(20)), claims: 100 }],
  ])('%s costs that entry only', async (code, bad) => {
    const reading = await read([file('a.zip', zip([bad, good]))]);
    expect(codes(reading)).toEqual([code]);
    expect(labels(reading)).toEqual([`a.zip › ${good.name}`]);
  });

  test.each([
    ['too-many-entries', { maxArchiveEntries: 1 }],
    ['archive-too-large', { maxArchiveBytes: 150 }],
  ])('%s', async (code, limits) => {
    const archive = file('a.zip', zip([good, { ...good, name: 'second.ics' }]));
    const reading = await read([archive], limits);
    expect(codes(reading)).toEqual([code]);
    expect(reading.files).toHaveLength(1);
  });

  test('an archive without calendars and a damaged one', async () => {
    const none = file('none.zip', zip([{ name: 'a.txt', content: Buffer.from('x') }]));
    const cut = file('cut.zip', zip([good]).subarray(0, 60));
    expect(codes(await read([none, cut]))).toEqual(['empty-archive', 'damaged-archive']);
  });
});

describe('mail messages', () => {
  const calendar = Buffer.from(event('größe')).toString('base64');
  const message = (lines: string[]): string => lines.join('\r\n');

  test('the calendar part of an invitation is read, also from a numbered spool file', async () => {
    const mail = message([
      'Return-Path: <a@example.test>',
      'From: a@example.test',
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'You are invited.',
      '--b',
      'Content-Type: text/calendar; method=REQUEST; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      calendar,
      '--b--',
      '',
    ]);
    const reading = await read([file('12.', mail)]);
    expect(codes(reading)).toEqual([]);
    expect(readFileSync(reading.files[0]?.path ?? '', 'utf8')).toBe(event('größe'));
  });

  test('a Cyrus spool file: the message is the calendar', async () => {
    const mail = message([
      'User-Agent: Cyrus-HTTP',
      'From: <alice@example.test>',
      'Subject: x',
      'Content-Type: text/calendar; charset=utf-8; component=vevent',
      'Content-Transfer-Encoding: 8bit',
      'MIME-Version: 1.0',
      '',
      event('größe'),
    ]);
    const reading = await read([file('1.', mail)]);
    expect(codes(reading)).toEqual([]);
    expect(readFileSync(reading.files[0]?.path ?? '', 'utf8').trimEnd()).toBe(event('größe').trimEnd());
  });

  test('a mailbox of several messages loses none of them', async () => {
    const one = (title: string): string =>
      message([
        'From alice@example.test Mon Jan  1 00:00:00 2025',
        'From: a@example.test',
        'MIME-Version: 1.0',
        'Content-Type: text/calendar; method=REQUEST',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from(event(title)).toString('base64'),
        '',
        '',
      ]);
    const reading = await read([file('archive.mbox', one('x') + one('y'))]);
    expect(codes(reading)).toEqual([]);
    expect(reading.files.map(({ path: at }) => readFileSync(at, 'utf8'))).toEqual([event('x'), event('y')]);
  });
});

test('jCal is recognised and left for the index to convert', async () => {
  const { files } = await read([file('a.json', '["vcalendar",[],[]]')]);
  expect(files.map((one) => one.format)).toEqual(['jcal']);
});
