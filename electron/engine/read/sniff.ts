/** What a file is, by what is in it. */
export type Kind = 'icalendar' | 'zip' | 'jcal' | 'mail' | 'xcal' | 'html' | 'gzip' | 'empty' | 'binary' | 'other';

/** Octets from the start of a file that decide what it is. */
export const HEAD_BYTES = 64 * 1024;

const BEGIN = /^[ \t]*BEGIN[ \t]*(?:\r?\n[ \t])?:[ \t]*(?:\r?\n[ \t])?[A-Z]/im;
const MAIL_HEADER =
  /^(?:From |(?:Return-Path|Received|Delivered-To|From|To|Date|Subject|Message-ID|MIME-Version|Content-Type|X-[A-Za-z-]+|User-Agent|DKIM-Signature|Content-Transfer-Encoding|Content-Disposition):)/i;

/** Decides by content; `text` is the head decoded, `bytes` the head as it is. */
export function sniff(bytes: Buffer, text: string): Kind {
  if (bytes.length === 0) return 'empty';
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return 'zip';
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x05\x06', 'latin1'))) return 'zip';
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  const start = text.trimStart();
  if (start === '') return 'empty';
  if (MAIL_HEADER.test(start) && /^(?:content-type|mime-version):/im.test(start)) return 'mail';
  if (BEGIN.test(text.replace(/\r(?!\n)/g, '\n'))) return 'icalendar';
  if (/^\[\s*(?:\[\s*)?"vcalendar"/i.test(start)) return 'jcal';
  if (/^<(?:\?xml|(?:\w+:)?icalendar)/i.test(start)) return /<(?:\w+:)?icalendar[\s>]/i.test(start) ? 'xcal' : 'other';
  if (/^<(?:!doctype|html|head|body)/i.test(start)) return 'html';
  return looksBinary(bytes) ? 'binary' : 'other';
}

function looksBinary(bytes: Buffer): boolean {
  let odd = 0;
  for (const octet of bytes) if (octet < 9 || (octet > 13 && octet < 32)) odd += 1;
  return odd * 20 > bytes.length;
}
