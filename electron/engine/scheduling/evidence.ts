import type { CanaryProof, Assurance, StandardMode, WriteMethod } from '../../../shared/model/scheduling.ts';
import type { Honoured } from './profiles/profile.ts';
import type { Recognised } from './recognise.ts';
import { isWithin } from './versions.ts';

/** What an assurance rests on. */
export interface Evidence {
  readonly known: Recognised | null;
  readonly advertised: boolean;
  /** The server does no scheduling at all. */
  readonly silent: boolean;
  readonly proof: CanaryProof | null;
  readonly checkedAt: string;
  /** The admin said that there is no mail hook. */
  readonly assumed: boolean;
}

/** Where one method stands in one mode. */
export interface Step {
  readonly assurance: Assurance;
  readonly because: string;
  /** What the server's product is known for, one sentence each. */
  readonly evidence: readonly string[];
}

export function whoIs(evidence: Evidence): string {
  return evidence.known?.product ?? 'This server';
}

/** The row that makes this server keep a mode on a method; null without evidence for its version. */
export function honouredBy(mode: StandardMode, method: WriteMethod, { known }: Evidence): Honoured | null {
  if (known === null || known.byRealm) return null;
  const row = known.profile.honours.find(
    ({ modes, methods, versions, proofs }) =>
      proofs.some(({ kind }) => kind !== 'report') &&
      modes.includes(mode) &&
      methods.includes(method) &&
      (versions === 'recognised' || isWithin(known.version, versions)),
  );
  return row ?? null;
}
