import { join } from 'node:path';
import { z } from 'zod';
import { batchesDir, type StoredBatch } from '../../batch/kept/folder.ts';

/** The folders that a batch has besides those of its runs: its own, and the copies of an old side that it was made from. */
export function foldersOf({
  folder,
  runsDir,
  head,
}: Pick<StoredBatch, 'folder' | 'runsDir' | 'head'>): readonly string[] {
  const pulled = new Set([...JSON.stringify(head.spec ?? null).matchAll(PULLED)].map(([, name = '']) => name));
  return [folder, ...[...pulled].map((name) => join(batchesDir(runsDir), 'pulled', name))];
}

/** A path below the folder of what was pulled, as JSON has it. */
const PULLED = /batches[\\/]+pulled[\\/]+([0-9a-f]{16})(?=[\\/"])/g;

const belongs = z.union([
  z.looseObject({ batchId: z.string() }).transform(({ batchId }) => batchId),
  z.looseObject({ batch: z.string() }).transform(({ batch }) => batch),
]);

/** The batch that an undo takes back, or whose guests an announcement notifies; null for any other. */
export function parentOf({ head }: Pick<StoredBatch, 'head'>): string | null {
  if (head.kind !== 'undo' && head.kind !== 'announce') return null;
  const parent = belongs.safeParse(head.spec);
  return parent.success ? parent.data : null;
}
