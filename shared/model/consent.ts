import { canRun } from './batch/batch-mode.ts';
import type { BatchMember } from './batch/batch.ts';
import { HushError } from './failure.ts';
import type { PlanSummary } from './plan.ts';
import { NOBODY, STANDARD_MODES, type NotifiedCount } from './scheduling.ts';

/**
 * Who hears of a plan as it would be run: in the mode that takes effect; nobody where the server schedules nothing, or
 * where nothing may be written. Of a server's own mode nobody can count more than whom `all` would tell.
 */
export function notifiedByPlan({ verdict, notified }: Pick<PlanSummary, 'verdict' | 'notified'>): NotifiedCount {
  const { effective, assurance } = verdict;
  if (effective === null || assurance === 'noScheduling') return NOBODY;
  return notified[STANDARD_MODES.find((known) => known === effective) ?? 'all'];
}

/** Messages that one calendar of a batch would send; 0 where it cannot run. */
export function messagesOfMember(member: BatchMember): number {
  const { verdict, notified } = member;
  if (verdict === null || notified === null || !canRun(member)) return 0;
  return notifiedByPlan({ verdict, notified }).messages;
}

/** Messages that a batch sends: those of each calendar as it would be run. */
export function messagesOfBatch(members: readonly BatchMember[]): number {
  return members.reduce((sum, member) => sum + messagesOfMember(member), 0);
}

/**
 * Consent to a run that sends messages names their number; where none is sent, no number need be named.
 *
 * @param named what the person typed or said; null: no number
 * @throws HushError `CONSENT_NUMBER` for no number, and for another one
 */
export function checkNumber(messages: number, named: number | null): void {
  if ((named ?? 0) === messages) return;
  const message =
    messages === 0
      ? `No message would be sent, and not ${String(named)}: look at the plan again.`
      : `${messages === 1 ? '1 message' : `${String(messages)} messages`} would be sent: give that number to confirm.`;
  throw new HushError({ code: 'CONSENT_NUMBER', message, reaction: 'fix-input' });
}
