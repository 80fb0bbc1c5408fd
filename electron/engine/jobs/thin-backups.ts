import { unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { RetentionResult } from '../../../shared/model/kept/backup.ts';
import { noteAudit, type AuditPorts } from '../audit/write.ts';
import { identityOf, lookAtBackup, zipsIn, type LookedBackup } from '../backup/kept-backups.ts';
import { chooseKept, parseRetention } from '../backup/retention.ts';

/**
 * Says which backups of a folder stay by a rule such as `7d,4w,12m`, and deletes the others where that was consented to.
 * All are verified first, and nothing goes that no newer whole one of the same calendars replaces.
 *
 * @param signal rejects while nothing is deleted yet; afterwards the rest stays, and is named
 * @throws HushError `INPUT_RETENTION`, `FOLDER_UNREADABLE`
 */
export async function thinBackups(
  ports: AuditPorts,
  folder: string,
  rule: string,
  consent: boolean,
  signal?: AbortSignal,
): Promise<RetentionResult> {
  const { now } = ports;
  const retention = parseRetention(rule);
  const looked: LookedBackup[] = [];
  for (const path of await zipsIn(folder)) {
    signal?.throwIfAborted();
    const one = await lookAtBackup(path, basename(path), now());
    if (one !== null) looked.push(one);
  }
  const kept = chooseKept(looked, retention);
  const going = looked.filter(({ name }) => !kept.has(name));
  if (consent && going.length > 0) {
    await noteAudit(ports, { what: 'delete', things: 'backups', names: going.map(({ name }) => name) });
  }
  const removed: LookedBackup[] = [];
  const problems = looked.flatMap(({ name, problem }) => (problem === null ? [] : [{ name, reason: problem }]));
  for (const one of consent ? going : []) {
    const trouble = signal?.aborted === true ? 'It stays: stopped before it was deleted.' : await remove(one);
    if (trouble === null) removed.push(one);
    else problems.push({ name: one.name, reason: trouble });
  }
  return {
    folder,
    kept: looked
      .filter(({ name }) => kept.has(name))
      .map(({ name, at, state }) => ({ name, at: momentOf(at), state, because: [...(kept.get(name) ?? [])] })),
    removed: removed.map(({ name }) => name),
    freed: removed.reduce((sum, { size }) => sum + size, 0),
    ...(consent ? {} : { wouldRemove: going.map(({ name }) => name) }),
    problems,
  };
}

/** Why it could not be deleted; null when it is gone. */
async function remove({ path, identity }: LookedBackup): Promise<string | null> {
  try {
    if ((await identityOf(path)).identity !== identity) return 'It stays: it changed while it was looked at.';
    await unlink(path);
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `It could not be deleted (${why}).`;
  }
}

function momentOf(at: Date): string | null {
  return Number.isNaN(Number(at)) ? null : at.toISOString();
}
