import { STANDARD_MODES, type Assurance, type SchedulingMode, type StandardMode } from '../model/scheduling.ts';

/** What a mode is called, on screen and in reports. */
export const MODE_TITLES: Readonly<Record<StandardMode, string>> = {
  none: 'Notify nobody',
  'internal-only': "Update colleagues' calendars, no messages",
  'external-only': 'Notify external guests only',
  all: 'Notify everyone',
};

/** How it is known that a server keeps a mode, in a word or two. */
export const ASSURANCE_TITLES: Readonly<Record<Assurance, string>> = {
  advertised: 'supported',
  known: 'verified version',
  proved: 'tested',
  noScheduling: 'no scheduling',
  plain: 'server default',
  blocked: 'blocked',
};

export function isStandard(mode: SchedulingMode): mode is StandardMode {
  return STANDARD_MODES.some((known) => known === mode);
}

/** The plain name of a mode; a server's own `X-…` mode keeps its token. */
export function modeTitle(mode: SchedulingMode): string {
  return isStandard(mode) ? MODE_TITLES[mode] : mode;
}
