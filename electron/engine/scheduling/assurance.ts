import { HushError } from '../../../shared/model/failure.ts';
import type { FailureCode } from '../../../shared/model/failure-codes.ts';
import {
  STANDARD_MODES,
  type IdentityChoice,
  type SchedulingMode,
  type Verdict,
  type WriteMethod,
} from '../../../shared/model/scheduling.ts';
import { modeHeaders } from './bundle.ts';
import { whoIs, type Evidence, type Step } from './evidence.ts';
import { checkAddress, checkMode } from '../../../shared/model/scheduling-checks.ts';
import { recognise, type Recognised } from './recognise.ts';
import { judgeMethod, weakest } from './verdict.ts';
import type { Capability, IdentityVerdict, Observed } from './types.ts';
import { alternatives, assumable, evidenceWords, undoWords, workaroundsFor } from './verdict-words.ts';
import { isWithin } from './versions.ts';

/** The DAV token of the draft §3. */
const TOKEN = 'scheduling-controls';

/**
 * Decides what one target can be asked for, per method and mode: *advertised*, *known server*, *proved* by a canary
 * (`none` on create and update only), *no scheduling at all*, *plain* (`all` is what every server does anyway),
 * otherwise *blocked*. An unknown server is blocked: it would ignore the header and tell everybody.
 */
export function assess(observed: Observed): Capability {
  const { server, assume, proof = null } = observed;
  const known = recognise(server);
  const advertised = server.davTokens.has(TOKEN);
  const evidence: Evidence = {
    known,
    advertised,
    silent: !advertised && isSilent(known, observed),
    proof,
    checkedAt: server.checkedAt,
    assumed: assume.includes('no-mail-hook'),
  };
  return {
    product: known?.product ?? null,
    verdict: (mode, methods) => judge(mode, methods, evidence),
    headers: (mode, method, address) => headersFor(mode, method, address, evidence),
    identity: (choice) => judgeIdentity(choice, evidence),
  };
}

function isSilent(known: Recognised | null, observed: Observed): boolean {
  if (known === null || observed.server.davTokens.has('calendar-auto-schedule')) return false;
  const { profile } = known;
  return (
    profile.schedules === 'never' ||
    (profile.schedules === 'unless-mail-hook' && observed.assume.includes('no-mail-hook'))
  );
}

function judge(mode: SchedulingMode, asked: readonly WriteMethod[], evidence: Evidence): Verdict {
  // A plan that writes nothing is judged as if it added events.
  const methods = asked.length === 0 ? (['create'] as const) : asked;
  const standard = STANDARD_MODES.find((known) => known === mode);
  const step: Step =
    standard === undefined
      ? { assurance: 'blocked', because: `No server is known to give "${mode}" a meaning.`, evidence: [] }
      : weakest(methods.map((method) => judgeMethod(standard, method, evidence)));
  const isBlocked = step.assurance === 'blocked';
  const { workarounds, provable } = workaroundsFor(mode, methods, step, evidence);
  return {
    asked: mode,
    effective: isBlocked ? null : mode,
    assurance: step.assurance,
    because: step.because,
    alternatives: isBlocked ? alternatives(mode, methods, evidence) : [],
    checkedAt: evidence.checkedAt,
    undo: isBlocked
      ? 'Nothing will be written, so there is nothing to undo.'
      : undoWords(mode, methods, step, evidence),
    evidence: evidenceWords(step, evidence),
    workarounds,
    provable,
    ...(isBlocked ? { assumable: assumable(evidence) } : {}),
  };
}

function headersFor(
  mode: SchedulingMode,
  method: WriteMethod,
  address: string | null,
  evidence: Evidence,
): Readonly<Record<string, string>> {
  const verdict = judge(checkMode(mode), [method], evidence);
  if (verdict.effective === null) throw refusal('MODE_BLOCKED', verdict.because);
  if (evidence.silent) return {};
  const headers = verdict.assurance === 'plain' ? {} : modeHeaders(verdict.effective);
  if (address === null) return headers;
  const name = identityHeader(evidence);
  if (name === null) throw refusal('IDENTITY_BLOCKED', notHonoured(evidence));
  return { ...headers, [name]: checkAddress(address) };
}

/** The header that names the acting address here; null where none is known to be read. */
function identityHeader({ advertised, known }: Evidence): string | null {
  if (advertised) return 'Schedule-User-Address';
  const identity = known?.profile.identity;
  return identity !== undefined && isWithin(known?.version ?? null, identity.versions) ? identity.header : null;
}

function refusal(code: FailureCode, message: string): HushError {
  return new HushError({ code, message, reaction: 'stop-job' });
}

function judgeIdentity(choice: IdentityChoice, evidence: Evidence): IdentityVerdict {
  if (choice.kind === 'server') return { sent: false, refused: null, because: '' };
  if (evidence.silent) {
    return {
      sent: false,
      refused: null,
      because: `${whoIs(evidence)} does no scheduling, so it makes no difference as whom.`,
    };
  }
  if (identityHeader(evidence) !== null) return { sent: true, refused: null, because: '' };
  if (choice.kind === 'fixed') return { sent: false, refused: notHonoured(evidence), because: '' };
  return {
    sent: false,
    refused: null,
    because: `${whoIs(evidence)} does not say that it accepts an address to act as; it works out the address itself.`,
  };
}

function notHonoured(evidence: Evidence): string {
  return (
    `${whoIs(evidence)} is not known to act as an address that it is given. ` +
    'Let the server decide, or use a server that advertises scheduling-controls.'
  );
}
