import type { StandardMode, Verdict } from '../../shared/model/scheduling.ts';
import { MODE_WORDS, modeTitle } from './modes.ts';

/*
 * What a server makes of a mode. Card, panel and report take their words from here, so that none of them promises
 * a message that the verdict rules out.
 */

/** What the server will do, as the panel says it. */
export function effectTitle({ effective, assurance }: Pick<Verdict, 'effective' | 'assurance'>): string {
  if (effective === null) return 'Nothing will be written';
  return assurance === 'noScheduling' ? MODE_WORDS.none.title : modeTitle(effective);
}

/** What choosing the mode means on this server; without a verdict, what the mode is for. */
export function modeSays(mode: StandardMode, verdict: Pick<Verdict, 'effective' | 'assurance'> | null): string {
  if (verdict?.assurance !== 'noScheduling' || mode === 'none') return MODE_WORDS[mode].says;
  return 'This server does no scheduling, so this choice changes nothing: nobody gets a message.';
}
