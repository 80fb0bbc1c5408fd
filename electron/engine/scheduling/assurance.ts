import { HushError } from '../../../shared/model/failure.ts';
import {
  STANDARD_MODES,
  type IdentityChoice,
  type SchedulingMode,
  type Verdict,
  type WriteMethod,
} from '../../../shared/model/scheduling.ts';
import { modeHeaders } from './bundle.ts';
import { whoIs, type Ground, type Step } from './evidence.ts';
import { checkAddress, checkMode } from './modes.ts';
import { recognise, type Recognised } from './recognise.ts';
import { judgeMethod, weakest } from './verdict.ts';
import type { Capability, Evidence, IdentityVerdict } from './types.ts';
import { alternatives, evidenceWords, undoWords, waysAround } from './verdict-words.ts';
import { isWithin } from './versions.ts';

/** The DAV token of the draft §3. */
const TOKEN = 'scheduling-controls';

/**
 * Decides what one target can be asked for, per method and mode: *advertised*, *known server*, *proved* by a canary
 * (`none` on create and update only), *no scheduling at all*, *plain* (`all` is what every server does anyway),
 * otherwise *blocked*. An unknown server is blocked: it would ignore the header and tell everybody.
 */
export function assess(evidence: Evidence): Capability {
  const { server, assume, proof = null } = evidence;
  const known = recognise(server);
  const advertised = server.davTokens.has(TOKEN);
  const ground: Ground = {
    known,
    advertised,
    silent: !advertised && isSilent(known, evidence),
    proof,
    checkedAt: server.checkedAt,
    assumed: assume.includes('no-mail-hook'),
  };
  return {
    product: known?.product ?? null,
    verdict: (mode, methods) => judge(mode, methods, ground),
    headers: (mode, method, address) => headersFor(mode, method, address, ground),
    identity: (choice) => judgeIdentity(choice, ground),
  };
}

function isSilent(known: Recognised | null, evidence: Evidence): boolean {
  if (known === null || evidence.server.davTokens.has('calendar-auto-schedule')) return false;
  const { profile, version } = known;
  if (
    profile.versions !== undefined &&
    version !== null &&
    !profile.versions.some((start) => version.startsWith(start))
  ) {
    return false;
  }
  return (
    profile.schedules === 'never' ||
    (profile.schedules === 'unless-mail-hook' && evidence.assume.includes('no-mail-hook'))
  );
}

function judge(mode: SchedulingMode, asked: readonly WriteMethod[], ground: Ground): Verdict {
  // A plan that writes nothing is judged as if it added events.
  const methods = asked.length === 0 ? (['create'] as const) : asked;
  const standard = STANDARD_MODES.find((known) => known === mode);
  const step: Step =
    standard === undefined
      ? { rung: 'blocked', because: `No server is known to give "${mode}" a meaning.`, evidence: [] }
      : weakest(methods.map((method) => judgeMethod(standard, method, ground)));
  const isBlocked = step.rung === 'blocked';
  const { ways, provable } = waysAround(mode, methods, step, ground);
  return {
    asked: mode,
    effective: isBlocked ? null : mode,
    rung: step.rung,
    because: step.because,
    alternatives: isBlocked ? alternatives(mode, methods, ground) : [],
    checkedAt: ground.checkedAt,
    undo: isBlocked ? 'Nothing will be written, so there is nothing to undo.' : undoWords(mode, methods, step, ground),
    evidence: evidenceWords(step, ground),
    workarounds: ways,
    provable,
  };
}

function headersFor(
  mode: SchedulingMode,
  method: WriteMethod,
  address: string | null,
  ground: Ground,
): Readonly<Record<string, string>> {
  const verdict = judge(checkMode(mode), [method], ground);
  if (verdict.effective === null) throw refusal('MODE_BLOCKED', verdict.because);
  if (ground.silent) return {};
  const headers = verdict.rung === 'plain' ? {} : modeHeaders(verdict.effective);
  if (address === null) return headers;
  const name = identityHeader(ground);
  if (name === null) throw refusal('IDENTITY_BLOCKED', notHonoured(ground));
  return { ...headers, [name]: checkAddress(address) };
}

/** The header that names the acting address here; null where none is known to be read. */
function identityHeader({ advertised, known }: Ground): string | null {
  if (advertised) return 'Schedule-User-Address';
  const identity = known?.profile.identity;
  return identity !== undefined && isWithin(known?.version ?? null, identity.versions) ? identity.header : null;
}

function refusal(code: string, message: string): HushError {
  return new HushError({ code, message, reaction: 'stop-job' });
}

function judgeIdentity(choice: IdentityChoice, ground: Ground): IdentityVerdict {
  if (choice.kind === 'server') return { sent: false, refused: null, because: '' };
  if (ground.silent) {
    return {
      sent: false,
      refused: null,
      because: `${whoIs(ground)} does no scheduling, so it makes no difference as whom.`,
    };
  }
  if (identityHeader(ground) !== null) return { sent: true, refused: null, because: '' };
  if (choice.kind === 'fixed') return { sent: false, refused: notHonoured(ground), because: '' };
  return {
    sent: false,
    refused: null,
    because: `${whoIs(ground)} does not say that it can be told as whom to act; it works out the address itself.`,
  };
}

function notHonoured(ground: Ground): string {
  return (
    `${whoIs(ground)} is not known to act as an address that it is told. ` +
    'Let the server decide, or use a server that announces scheduling-controls.'
  );
}
