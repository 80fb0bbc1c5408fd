import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { HushError } from '../../../../shared/model/failure.ts';

/** Takes the body of an answer as it comes. */
export interface BodySink {
  /** Throws HushError for an answer that is not to be read any further. */
  write(octets: Buffer): void;
  end(): void;
}

const UNPACK: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** How an answer is packed, though nobody asked for it (RFC 9110 §12.5.3 lets a server); null when it is not. */
export function contentCoding(value: string | readonly string[] | undefined): string | null {
  const coding = (typeof value === 'string' ? value : (value ?? []).join(',')).trim().toLowerCase();
  return coding === '' || coding === 'identity' ? null : coding;
}

/**
 * The octets of a packed body; with a sink they go there, and nothing is returned.
 *
 * @throws HushError `ANSWER_PACKED` when it cannot be unpacked, `ANSWER_TOO_LARGE`
 */
export async function unpack(
  chunks: readonly Buffer[],
  coding: string,
  maxBytes: number,
  sink: BodySink | null,
): Promise<Buffer> {
  const open = UNPACK[coding];
  if (open === undefined) throw packed(coding);
  const whole: Buffer[] = [];
  let bytes = 0;
  // Why it was not read any further: the pipeline may say only that it was.
  const refused: HushError[] = [];
  const refuse = (error: unknown): never => {
    if (error instanceof HushError) refused.push(error);
    throw error;
  };
  try {
    await pipeline(Readable.from(chunks), open(), async (parts: AsyncIterable<unknown>) => {
      for await (const part of parts) {
        if (!Buffer.isBuffer(part)) continue;
        bytes += part.length;
        if (bytes > maxBytes) refuse(tooLarge(maxBytes));
        if (sink === null) whole.push(part);
        else pour(sink, part, refuse);
      }
    });
  } catch (error) {
    throw refused[0] ?? packed(coding, error);
  }
  return Buffer.concat(whole);
}

function pour(sink: BodySink, part: Buffer, refuse: (error: unknown) => never): void {
  try {
    sink.write(part);
  } catch (error) {
    refuse(error);
  }
}

function packed(coding: string, cause?: unknown): HushError {
  return new HushError(
    {
      code: 'ANSWER_PACKED',
      message: `The server sent an answer packed as "${coding.slice(0, 40)}", which cannot be unpacked. Ask whoever runs the server or the proxy before it.`,
      reaction: 'retry-after',
    },
    { cause },
  );
}

/** More octets came than an answer may have. */
export function tooLarge(maxBytes: number): HushError {
  const megabytes = Math.round(maxBytes / 1_048_576);
  return new HushError({
    code: 'ANSWER_TOO_LARGE',
    message: `The server sent an answer of more than ${megabytes} MB, which was not read to its end.`,
    reaction: 'skip-item',
  });
}
