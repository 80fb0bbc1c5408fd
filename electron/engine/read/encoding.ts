import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';

const SAMPLE_BYTES = 64 * 1024;

/** How the characters of a file are encoded, told by its byte order mark or by where its NULs are; null when neither tells. */
export function markedEncoding(head: Buffer): 'utf-8-bom' | 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8-bom';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // `BEGIN` in UTF-16 without a mark has every second octet NUL.
  if (head[1] === 0 && head[3] === 0 && head[5] === 0 && head[0] !== 0) return 'utf-16le';
  if (head[0] === 0 && head[2] === 0 && head[4] === 0 && head[1] !== 0) return 'utf-16be';
  return null;
}

export function decodeHead(head: Buffer): string {
  const marked = markedEncoding(head);
  if (marked === 'utf-16le' || marked === 'utf-16be') return iconv.decode(head, marked);
  return head.subarray(marked === 'utf-8-bom' ? 3 : 0).toString('latin1');
}

/**
 * Whether a file is UTF-8. Streams it; what is not UTF-8 as a whole is looked at line by line, unfolded, because a fold
 * may stand inside a character.
 */
export async function isUtf8File(path: string, signal: AbortSignal | undefined): Promise<boolean> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const cut = lastWhole(bytes);
    if (!isUtf8(bytes.subarray(0, cut))) return false;
    rest = Buffer.from(bytes.subarray(cut));
  }
  return rest.length === 0;
}

/** Where the last character ends that is certainly whole. */
function lastWhole(bytes: Buffer): number {
  const { length } = bytes;
  for (let back = 1; back <= 3 && back <= length; back += 1) {
    const octet = bytes[length - back] ?? 0;
    if ((octet & 0xc0) === 0x80) continue;
    const needs = octet >= 0xf0 ? 4 : octet >= 0xe0 ? 3 : octet >= 0xc0 ? 2 : 1;
    return needs > back ? length - back : length;
  }
  return length;
}

/** Logical lines with their folds and line ends, each a copy. Lines end with LF or a bare CR. */
async function* logicalLines(path: string, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  for await (const line of physicalLines(path, signal)) {
    const first = line[0];
    if (parts.length > 0 && first !== 0x20 && first !== 0x09) {
      yield Buffer.concat(parts);
      parts = [];
    }
    parts.push(line);
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}

async function* physicalLines(path: string, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    let from = 0;
    // Only now is it known whether the CR at the end of the chunk before ended its line.
    if (rest.at(-1)?.at(-1) === 13 && chunk[0] !== 10) {
      yield Buffer.concat(rest);
      rest = [];
    }
    for (let at = 0; at < chunk.length; at += 1) {
      if (chunk[at] !== 10 && (chunk[at] !== 13 || chunk[at + 1] === 10 || at + 1 === chunk.length)) continue;
      yield Buffer.concat([...rest, chunk.subarray(from, at + 1)]);
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(Buffer.from(chunk.subarray(from)));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}

function isUtf8Line(line: Buffer): boolean {
  return (
    isUtf8(line) || isUtf8(Buffer.from(line.toString('latin1').replace(/(?:(?<!\r)\r*\n|\r)[ \t]/g, ''), 'latin1'))
  );
}

/**
 * Finds the encoding of the lines that are not UTF-8. `utf-8` when there are none: then only folds stand inside
 * characters.
 */
export async function detectEncoding(path: string, signal: AbortSignal | undefined): Promise<string> {
  const sample: Buffer[] = [];
  let size = 0;
  for await (const line of logicalLines(path, signal)) {
    if (isUtf8Line(line)) continue;
    sample.push(line);
    size += line.length;
    if (size > SAMPLE_BYTES) break;
  }
  if (size === 0) return 'utf-8';
  return guess(Buffer.concat(sample));
}

/** The most likely encoding that is not UTF-8. Western European where the guess is weak: then no octet is lost. */
function guess(sample: Buffer): string {
  const best = analyse(sample).find((one) => !/^utf/i.test(one.name) && iconv.encodingExists(one.name));
  if (best === undefined || best.confidence < 30 || /^(?:ASCII|ISO-8859-1)$/i.test(best.name)) return 'windows-1252';
  return best.name.toLowerCase();
}

/** The file as UTF-8, line by line: lines that are UTF-8 already stay as they are. */
export async function* convertLines(
  path: string,
  encoding: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  for await (const line of logicalLines(path, signal)) {
    yield isUtf8Line(line) ? line : iconv.encode(iconv.decode(line, encoding), 'utf-8');
  }
}

/** A UTF-16 file as UTF-8, without its byte order mark. */
export async function* convertUtf16(
  path: string,
  encoding: 'utf-16le' | 'utf-16be',
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    yield Buffer.from(decoder.write(chunk), 'utf8');
  }
  const last = decoder.end();
  if (last !== undefined && last !== '') yield Buffer.from(last, 'utf8');
}
