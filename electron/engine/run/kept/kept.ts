import { basename } from 'node:path';
import type { z } from 'zod';
import { HushError } from '../../../../shared/model/failure.ts';

/**
 * What was kept, as the schema has it; null when it is not that. Fields that this version does not know are left out:
 * a newer one wrote them, and their file's checksum says that they are no damage.
 */
export function parseKept<Value>(schema: z.ZodType<Value>, value: unknown): Value | null {
  const first = schema.safeParse(value);
  if (first.success) return first.data;
  const unknown = first.error.issues.filter((issue) => issue.code === 'unrecognized_keys');
  if (unknown.length === 0) return null;
  const known = structuredClone(value);
  for (const { path, keys } of unknown) for (const key of keys) removeKey(known, [...path, key]);
  const second = schema.safeParse(known);
  return second.success ? second.data : null;
}

function removeKey(value: unknown, path: readonly PropertyKey[]): void {
  let at = value;
  for (const key of path.slice(0, -1)) at = isRecord(at) ? at[key] : undefined;
  const last = path.at(-1);
  if (isRecord(at) && last !== undefined) Reflect.deleteProperty(at, last);
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A run or a batch that is not where runs are kept. */
export function runNotFound(runsDir: string): HushError {
  return new HushError({
    code: 'RUN_NOT_FOUND',
    message: `This run is not in ${runsDir}. It was deleted or moved, or is in another folder of runs.`,
    reaction: 'fix-input',
  });
}

/** A file of a run or a batch that cannot be believed. It is named without its folder, whose name is an id. */
export function runDamaged(path: string, why = 'cannot be read'): HushError {
  return new HushError({
    code: 'RUN_DAMAGED',
    message: `The file ${basename(path)} of this run ${why}, so the run cannot be used. Nothing was changed.`,
    reaction: 'fix-input',
  });
}

/** A journal without checksums of which a line cannot be read. */
export function journalDamaged(): HushError {
  return new HushError({
    code: 'JOURNAL_DAMAGED',
    message: 'The journal of this run is damaged, so what was done is not known. Nothing was changed.',
    reaction: 'fix-input',
  });
}

/** Written by a version that keeps runs in another way. */
export function runOfVersion(path: string, version: unknown): HushError {
  return new HushError({
    code: 'RUN_VERSION',
    message: `The file ${basename(path)} of this run was written by another version of Hushcal (format ${String(version)}). Open it with that version or a newer one.`,
    reaction: 'fix-input',
  });
}
