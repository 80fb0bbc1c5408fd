import { messagesOfBatch, notifiedByPlan } from '../../../../shared/model/consent.ts';
import type { PreparedBatch } from '../../batch/types.ts';
import type { Consent, PreparedJob } from '../../types.ts';

/** Consent to a plan as it is, with the number of its messages. */
export function consentTo(plan: PreparedJob | PreparedBatch): Consent {
  const typedMessages = 'members' in plan ? messagesOfBatch(plan.members) : notifiedByPlan(plan.summary).messages;
  return { hash: plan.summary.hash, typedMessages };
}
