/** What a file is, by what is in it. */
export type Kind =
  | 'icalendar'
  | 'zip'
  | 'tar'
  | 'gzip'
  | 'packed'
  | 'outlook'
  | 'jcal'
  | 'mail'
  | 'mail-part'
  | 'quoted'
  | 'markup'
  | 'xcal'
  | 'plist'
  | 'dav'
  | 'html'
  | 'empty'
  | 'binary'
  | 'other';

/** Octets from the start of a file that decide what it is. */
export const HEAD_BYTES = 64 * 1024;

/** The first octets of what is told apart by them. */
const MARKS: readonly (readonly [mark: string, kind: Kind])[] = [
  ['PK\x03\x04', 'zip'],
  ['PK\x05\x06', 'zip'],
  ['\x1f\x8b', 'gzip'],
  ['7z\xbc\xaf\x27\x1c', 'packed'],
  ['Rar!\x1a\x07', 'packed'],
  ['BZh', 'packed'],
  ['\xfd7zXZ\x00', 'packed'],
  ['\x28\xb5\x2f\xfd', 'packed'],
  ['!BDN', 'outlook'],
];

const BEGIN = /^[ \t]*BEGIN[ \t]*(?:\r?\n[ \t])?:[ \t]*(?:\r?\n[ \t])?[A-Z]/im;
const MAIL_HEADER =
  /^(?:From |(?:Return-Path|Received|Delivered-To|From|To|Date|Subject|Message-ID|MIME-Version|Content-Type|X-[A-Za-z-]+|User-Agent|DKIM-Signature|Content-Transfer-Encoding|Content-Disposition):)/i;

/** Any header (RFC 5322 §2.2): what comes before the first empty line of a message. Names of iCalendar's own lines are none. */
const ANY_HEADER = /^(?!BEGIN:)[!-9;-~]+:[^\n]*\n(?:(?:[ \t][^\n]*|(?!BEGIN:)[!-9;-~]+:[^\n]*)\n)*\r?\n/i;
/** A header that says how the body is to be read. */
const BODY_HEADER = /^(?:content-type|content-transfer-encoding|mime-version):/im;
/** A property list in the old form (OpenStep), as `sogo-tool backup` writes it: a dictionary whose first key is followed by `=`. */
const PROPERTY_LIST = /^\{\s*(?:"(?:[^"\\]|\\[^])*"|[\w./-]+)\s*=/;

/** Decides by content; `text` is the head decoded, `bytes` the head as it is. */
export function sniff(bytes: Buffer, text: string): Kind {
  if (bytes.length === 0) return 'empty';
  const begin = bytes.toString('latin1', 0, 512);
  const marked = MARKS.find(([mark]) => begin.startsWith(mark));
  if (marked !== undefined) return marked[1];
  if (begin.startsWith('ustar', 257)) return 'tar';
  const start = text.trimStart();
  if (start === '') return 'empty';
  if (MAIL_HEADER.test(start) && /^(?:content-type|mime-version):/im.test(start)) return 'mail';
  const headers = ANY_HEADER.exec(start.replaceAll('\r', ''))?.[0] ?? '';
  if (BODY_HEADER.test(headers)) return 'mail';
  if (PROPERTY_LIST.test(start)) return 'plist';
  const calendar = BEGIN.exec(text.replace(/\r(?!\n)/g, '\n'));
  const wrapped = wrapping(start, text.slice(0, calendar?.index ?? text.length), calendar !== null);
  if (wrapped !== null) return wrapped;
  // Something that only holds a calendar, such as a program that unpacks itself, has more than text before it.
  if (calendar !== null) return text.slice(0, calendar.index).includes('\0') ? 'binary' : 'icalendar';
  if (/^\[\s*(?:\[\s*)?"vcalendar"/i.test(start)) return 'jcal';
  if (/^<(?:\?xml|(?:\w+:)?icalendar)/i.test(start)) return /<(?:\w+:)?icalendar[\s>]/i.test(start) ? 'xcal' : 'other';
  if (/^<(?:!doctype|html|head|body)/i.test(start)) return 'html';
  return looksBinary(bytes) ? 'binary' : 'other';
}

/** A tag of an answer of a CalDAV server. */
const ANSWER = /<(?:[\w.-]+:)?(?:calendar-data|multistatus)[\s>]/i;
/** Headers of a part of a message whose own headers are not there. */
const CALENDAR_PART = /^content-type:[ \t]*(?:text\/calendar|application\/ics)/im;
const ENCODED_PART = /^content-transfer-encoding:[ \t]*(?:quoted-printable|base64)/im;
/** Parameters with values that nobody gives them, but for quoted-printable, in which `=` is `=3D`. */
const QUOTED = /^[A-Z][A-Z-]*(?:;[^:\r\n]*)?;(?:PARTSTAT|ROLE|RSVP|CUTYPE|TZID|VALUE|LANGUAGE|ENCODING)=3D/im;

/** What a calendar is wrapped into whose characters have to be decoded first; null where it stands as it is. */
function wrapping(start: string, before: string, hasCalendar: boolean): Kind | null {
  if (ANSWER.test(before) || (!hasCalendar && ANSWER.test(start))) return 'dav';
  if (ENCODED_PART.test(before) && CALENDAR_PART.test(before)) return 'mail-part';
  if (!hasCalendar) return null;
  if (/^<(?:!doctype|html|head|body|\?xml)/i.test(start)) return 'markup';
  return QUOTED.test(start) ? 'quoted' : null;
}

function looksBinary(bytes: Buffer): boolean {
  let odd = 0;
  for (const octet of bytes) if (octet < 9 || (octet > 13 && octet < 32)) odd += 1;
  return odd * 20 > bytes.length;
}
