import { HushError } from '../../../shared/model/failure.ts';
import {
  STANDARD_MODES,
  type IdentityChoice,
  type LadderRung,
  type SchedulingMode,
  type Verdict,
  type WriteMethod,
} from '../../../shared/model/scheduling.ts';
import { checkAddress, checkMode } from './modes.ts';
import { recognise, type Recognised } from './profiles.ts';
import type { Capability, Evidence, IdentityVerdict } from './types.ts';

/** The DAV token of the draft §3. */
const TOKEN = 'scheduling-controls';

/**
 * Decides what one target can be asked for: *advertised*, *no scheduling at all*, *plain* (`all` is what every server
 * does anyway), otherwise *blocked*. An unknown server is blocked: it would ignore the header and tell everybody.
 */
export function assess(evidence: Evidence): Capability {
  const { server } = evidence;
  const known = recognise(server);
  const advertised = server.davTokens.has(TOKEN);
  const silent = !advertised && isSilent(known, evidence);
  const ground: Ground = { known, advertised, silent, checkedAt: server.checkedAt };
  return {
    product: known?.product ?? null,
    verdict: (mode, methods) => judge(mode, methods, ground),
    headers: (mode, method, address) => headersFor(mode, method, address, ground),
    identity: (choice) => judgeIdentity(choice, ground),
  };
}

interface Ground {
  readonly known: Recognised | null;
  readonly advertised: boolean;
  /** The server does no scheduling at all. */
  readonly silent: boolean;
  readonly checkedAt: string;
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

function judge(mode: SchedulingMode, methods: readonly WriteMethod[], ground: Ground): Verdict {
  if (!isStandard(mode)) return blocked(mode, ground, `No server is known to give "${mode}" a meaning.`);
  if (ground.advertised) return judgeAdvertised(mode, methods, ground);
  if (ground.silent) return judgeSilent(mode, ground);
  if (mode === 'all')
    return allowed(mode, 'plain', plainWords(ground), 'An undo tells everybody again: with cancellations.', ground);
  return blocked(mode, ground, unannounced(ground));
}

function isStandard(mode: SchedulingMode): boolean {
  return STANDARD_MODES.some((standard) => standard === mode);
}

function judgeAdvertised(mode: SchedulingMode, methods: readonly WriteMethod[], ground: Ground): Verdict {
  const who = whoIs(ground);
  if (mode !== 'all' && methods.includes('delete-collection')) {
    return blocked(mode, ground, `${who} is not known to stay quiet when a whole calendar is deleted at once.`);
  }
  return allowed(
    mode,
    'advertised',
    `${who} announces scheduling-controls for this calendar.`,
    UNDO[mode] ?? '',
    ground,
  );
}

const UNDO: Readonly<Record<string, string>> = {
  none: 'An undo tells nobody either: the server takes the same control when it deletes.',
  'internal-only': 'An undo changes the calendars of the other users again, and tells nobody.',
  'external-only': 'An undo asks who shall hear of it: nobody, or the people outside, with cancellations.',
  all: 'An undo asks who shall hear of it: nobody, or everybody who was told, with cancellations.',
};

function judgeSilent(mode: SchedulingMode, ground: Ground): Verdict {
  const who = whoIs(ground);
  if (mode === 'external-only') {
    return blocked(mode, ground, `${who} sends no messages to anybody, so it cannot tell people outside.`);
  }
  const because =
    mode === 'none'
      ? `${who} does no scheduling at all: nobody will hear of it.`
      : `${who} does no scheduling at all: nobody will hear of it, and no other calendar changes, although you asked for that.`;
  return allowed(mode, 'no-scheduling', because, 'An undo tells nobody either.', ground);
}

function allowed(mode: SchedulingMode, rung: LadderRung, because: string, undo: string, ground: Ground): Verdict {
  return { asked: mode, effective: mode, rung, because, alternatives: [], checkedAt: ground.checkedAt, undo };
}

function blocked(mode: SchedulingMode, ground: Ground, because: string): Verdict {
  return {
    asked: mode,
    effective: null,
    rung: 'blocked',
    because,
    alternatives: alternatives(mode, ground),
    checkedAt: ground.checkedAt,
    undo: 'Nothing will be written, so there is nothing to undo.',
  };
}

function alternatives(mode: SchedulingMode, ground: Ground): readonly string[] {
  if (!isStandard(mode)) return [`Choose one of ${STANDARD_MODES.join(', ')}.`];
  if (ground.advertised) return ['Delete the events one by one; the empty calendar can go afterwards.'];
  if (ground.silent) return ['Choose "nobody is told", and tell the people outside yourself.'];
  const { profile } = ground.known ?? {};
  const hook =
    profile?.schedules === 'unless-mail-hook'
      ? [`If the mail hook of this ${profile.name} is off, confirm it once for this server (--assume no-mail-hook).`]
      : [];
  return [
    ...hook,
    ...(profile?.instead ?? []),
    'Restore into a server that announces scheduling-controls, or into the practice server to rehearse.',
    'Restore only events without guests: choose "everybody is told" (all) and leave out those with guests.',
    'Choose "everybody is told" (all) for all events, if the people may hear of it.',
  ];
}

function unannounced(ground: Ground): string {
  const who = ground.known === null ? 'This server' : `This is ${ground.known.product}; it`;
  const hook =
    ground.known?.profile.schedules === 'unless-mail-hook'
      ? ' It is quiet unless its mail hook is on, which cannot be seen from here.'
      : ' It would ignore the request to stay quiet, and tell everybody.';
  return `${who} does not announce scheduling-controls.${hook}`;
}

function plainWords(ground: Ground): string {
  return `${whoIs(ground)} does what it always does: everybody who takes part is told.`;
}

function whoIs(ground: Ground): string {
  return ground.known?.product ?? 'This server';
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
  if (!ground.advertised) {
    if (address !== null) throw refusal('IDENTITY_BLOCKED', notHonoured(ground));
    return {};
  }
  const scheduling = { Scheduling: verdict.effective };
  return address === null ? scheduling : { ...scheduling, 'Schedule-User-Address': checkAddress(address) };
}

function refusal(code: string, message: string): HushError {
  return new HushError({ code, message, reaction: 'stop-job' });
}

function judgeIdentity(choice: IdentityChoice, ground: Ground): IdentityVerdict {
  if (choice.kind === 'server') return { sent: false, refused: null, because: '' };
  if (ground.advertised) return { sent: true, refused: null, because: '' };
  if (ground.silent) {
    return {
      sent: false,
      refused: null,
      because: `${whoIs(ground)} does no scheduling, so it makes no difference as whom.`,
    };
  }
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
