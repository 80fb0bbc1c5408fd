import type { PlanSummary } from '../../shared/model/plan.ts';
import {
  NOBODY,
  STANDARD_MODES,
  type Assumption,
  type Assurance,
  type MessageKinds,
  type SchedulingMode,
  type StandardMode,
  type NotifiedCount,
  type Verdict,
  type Workaround,
} from '../../shared/model/scheduling.ts';
import { ASSURANCE_TITLES, MODE_TITLES, isStandard } from '../../shared/words/modes.ts';
import { formatNumber, plural } from './format.ts';

export type Tone = 'hush' | 'new' | 'upd' | 'same' | 'warn' | 'bad';

interface ModeWords {
  readonly title: string;
  readonly says: string;
}

export const MODE_WORDS: Readonly<Record<StandardMode, ModeWords>> = {
  none: {
    title: MODE_TITLES.none,
    says: 'No other calendar changes, no mail is sent.',
  },
  'internal-only': {
    title: MODE_TITLES['internal-only'],
    says: 'Colleagues on this server see the meetings again.',
  },
  'external-only': {
    title: MODE_TITLES['external-only'],
    says: 'Only guests on other servers get an invitation.',
  },
  all: {
    title: MODE_TITLES.all,
    says: 'Everyone gets a message, as for a new meeting.',
  },
};

export { isStandard, modeTitle } from '../../shared/words/modes.ts';

/** What stands on a mode's card, e.g. `31 external guests · 44 messages`; the button begins with the same number. */
export function modeNumbers(mode: StandardMode, notified: NotifiedCount): string {
  const messages = plural(notified.messages, 'message');
  if (isCalendarsAlone(notified)) return `${plural(notified.calendars, 'calendar')} · ${messages}`;
  switch (mode) {
    case 'none':
      return messages;
    case 'internal-only':
      if (notified.people === 0) return `${plural(notified.calendars, 'calendar')} · ${messages}`;
      return `${plural(notified.people, 'person', 'people')} · ${messages}${pastPart(notified)}`;
    case 'external-only':
      return `${plural(notified.outside, 'external guest')} · ${messages}${pastPart(notified)}`;
    case 'all':
      return `${plural(notified.people, 'person', 'people')} · ${messages}${pastPart(notified)}`;
  }
}

function pastPart(notified: NotifiedCount): string {
  return notified.past === 0 ? '' : `, ${formatNumber(notified.past)} for past meetings`;
}

/** Whether other calendars change, and nobody gets a message of it. */
export function isCalendarsAlone({ people, calendars }: NotifiedCount): boolean {
  return people === 0 && calendars > 0;
}

/** How loud a mode is with these numbers. */
export function modeTone(mode: StandardMode, notified: NotifiedCount): Tone {
  if (notified.messages === 0 && notified.people === 0) return 'hush';
  return mode === 'all' ? 'bad' : 'warn';
}

/** Messages about meetings that are over, as a sentence; empty when there are none. */
export function pastWords(notified: NotifiedCount): string {
  if (notified.past === 0) return '';
  return notified.past === 1
    ? 'One of these messages is about a past meeting.'
    : `${formatNumber(notified.past)} of these messages are about past meetings.`;
}

/**
 * Who would be told if the plan ran in a mode. Null when nothing may be written in it (the verdict blocks) or when the
 * numbers of a server's own mode are not known. A server without scheduling tells nobody, whatever is asked.
 */
export function notifiedIn(summary: PlanSummary, mode: SchedulingMode): NotifiedCount | null {
  const verdict = isStandard(mode) ? summary.verdicts[mode] : summary.verdict;
  if (verdict.effective === null) return null;
  if (verdict.assurance === 'noScheduling') return NOBODY;
  return isStandard(verdict.effective) ? summary.notified[verdict.effective] : null;
}

/** Messages by what they say: `24 invitations, 9 updates, 2 cancellations`; empty when there are none. */
export function kindWords(kinds: MessageKinds | undefined): string {
  if (kinds === undefined) return '';
  const parts = [
    kinds.invitation > 0 ? plural(kinds.invitation, 'invitation') : '',
    kinds.update > 0 ? plural(kinds.update, 'update') : '',
    kinds.cancellation > 0 ? plural(kinds.cancellation, 'cancellation') : '',
    kinds.reply > 0 ? plural(kinds.reply, 'answer') : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

export interface BlockedGroup {
  readonly modes: readonly StandardMode[];
  readonly because: string;
  readonly alternatives: readonly string[];
}

/** The modes in which nothing may be written, those with the same reason together, with the ways around of all. */
export function blockedGroups(summary: Pick<PlanSummary, 'verdicts'>): readonly BlockedGroup[] {
  const groups: BlockedGroup[] = [];
  for (const mode of STANDARD_MODES) {
    const { effective, because, alternatives } = summary.verdicts[mode];
    if (effective !== null) continue;
    const at = groups.findIndex((one) => one.because === because);
    const same = groups[at];
    if (same === undefined) groups.push({ modes: [mode], because, alternatives });
    else
      groups[at] = {
        because,
        modes: [...same.modes, mode],
        alternatives: [...new Set([...same.alternatives, ...alternatives])],
      };
  }
  return groups;
}

/** The ways to be quiet that a person can choose where a mode is blocked. */
export const WORKAROUND_WORDS: Readonly<Record<Workaround, ModeWords>> = {
  'collection-switch': {
    title: 'Switch scheduling of this calendar off while the run lasts',
    says: 'The server keeps a switch for each calendar. It is switched on again at the end, also after a crash.',
  },
  'client-agent': {
    title: 'Disable server scheduling for new events',
    says:
      'Each new event is stored with SCHEDULE-AGENT=CLIENT and stays so: the server will announce no later change of it ' +
      'either. Events that exist already are not overwritten.',
  },
};

/** What the admin confirms about a server, as a button says it. */
export const ASSUMPTION_WORDS: Readonly<Record<Assumption, ModeWords>> = {
  'no-mail-hook': {
    title: 'My Radicale sends no mail',
    says:
      'Whether its mail hook is on cannot be detected. Confirm it when you know that it is off: it is kept ' +
      'with the server, and can be undone under Servers.',
  },
};

interface WaysOut {
  readonly workarounds: readonly Workaround[];
  readonly provable: boolean;
  readonly assumable: readonly Assumption[];
}

/** What could make the silent mode possible where it is blocked; empty lists where nothing could. */
export function waysOut(verdict: Verdict): WaysOut {
  if (verdict.effective !== null) return { workarounds: [], provable: false, assumable: [] };
  const { workarounds = [], assumable = [], provable = false } = verdict;
  return { workarounds, provable, assumable };
}

interface AssuranceWords {
  readonly short: string;
  readonly means: string;
}

/** How it is known that a server does what was asked. */
export const ASSURANCE_WORDS: Readonly<Record<Assurance, AssuranceWords>> = {
  advertised: {
    short: ASSURANCE_TITLES.advertised,
    means: 'The server advertises for this calendar that it honours the request.',
  },
  known: { short: ASSURANCE_TITLES.known, means: 'This product and version is known to honour the request.' },
  proved: { short: ASSURANCE_TITLES.proved, means: 'A test event showed that the server honours the request.' },
  noScheduling: { short: ASSURANCE_TITLES.noScheduling, means: 'This server never notifies anybody about changes.' },
  plain: {
    short: ASSURANCE_TITLES.plain,
    means: 'This is what the server does anyway; nothing special is asked of it.',
  },
  blocked: {
    short: ASSURANCE_TITLES.blocked,
    means: 'It is not known that the server would do this, so nothing is written.',
  },
};
