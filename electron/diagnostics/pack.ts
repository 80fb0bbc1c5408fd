import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import type { DiagnosticsFile } from '../../shared/model/diagnostics.ts';

/** The files as a zip. */
export async function packDiagnostics(files: readonly DiagnosticsFile[]): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const { name, text } of files) zip.addBuffer(Buffer.from(text), name, { mode: 0o100600 });
  zip.end();
  return buffer(zip.outputStream);
}
