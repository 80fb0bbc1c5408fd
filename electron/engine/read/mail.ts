import PostalMime from 'postal-mime';

/** The text/calendar parts of a mail message (RFC 6047 §2.4), decoded from their transfer encoding, in order. */
export async function calendarParts(message: Buffer): Promise<Buffer[]> {
  if (hasTooManyParts(message)) throw new RangeError(`A message of more than ${String(MOST_PARTS)} parts.`);
  const mail = await PostalMime.parse(message, { attachmentEncoding: 'arraybuffer', forceRfc822Attachments: false });
  const found: Buffer[] = [];
  for (const part of mail.attachments) {
    const name = part.filename ?? '';
    const calendar = /^(?:text\/calendar|application\/ics)$/i.test(part.mimeType) || /\.(?:ics|ical|ifb)$/i.test(name);
    if (!calendar) continue;
    const { content } = part;
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(new Uint8Array(content));
    // Text in a message ends its lines with CRLF (RFC 2046 §4.1.1); the parser leaves LF.
    found.push(Buffer.from(bytes.toString('latin1').replace(/(?<!\r)\r*\n/g, '\r\n'), 'latin1'));
  }
  return found;
}

/** A message with more is no invitation; to take it apart holds the process for seconds. */
const MOST_PARTS = 5_000;

/** Every part begins with a line of two dashes and its boundary (RFC 2046 §5.1.1). */
function hasTooManyParts(message: Buffer): boolean {
  let found = 0;
  for (let at = message.indexOf('\n--'); at !== -1 && found <= MOST_PARTS; at = message.indexOf('\n--', at + 3))
    found += 1;
  return found > MOST_PARTS;
}

/**
 * The messages of a mailbox (RFC 4155), each begun by a line `From …` after an empty one; a file that begins otherwise is
 * one message.
 */
export function messagesIn(file: Buffer): Buffer[] {
  const text = file.toString('latin1');
  if (!text.startsWith('From ')) return [file];
  return text
    .split(/(?<=\r?\n\r?\n)(?=From [^\r\n]*\r?\n[!-9;-~]+:)/)
    .map((message) => Buffer.from(message.replace(/^From [^\r\n]*\r?\n/, ''), 'latin1'));
}
