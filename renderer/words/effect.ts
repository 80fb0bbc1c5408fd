import type { StandardMode, Verdict } from '../../shared/model/scheduling.ts';
import { plural } from './format.ts';
import { MODE_WORDS, modeTitle } from './modes.ts';

/*
 * What a server makes of a mode. Card, panel and report take their words from here, so that none of them promises
 * a message that the verdict rules out.
 */

/** Of what is to come, or goes on; of what has ended. */
export type Tense = 'will' | 'were';

interface PanelWords {
  readonly title: string;
  readonly server: string;
  readonly nothing: string;
  readonly blocked: string;
  readonly noAddress: string;
}

/** The panel of a plan, and that of a report. */
export const PANEL_WORDS: Readonly<Record<Tense, PanelWords>> = {
  will: {
    title: 'What will happen',
    server: 'The server will',
    nothing: 'Nothing will be written',
    blocked: 'blocked: nothing will be written',
    noAddress: 'no address is sent',
  },
  were: {
    title: 'What happened',
    server: 'The server did',
    nothing: 'Nothing was written',
    blocked: 'blocked: nothing was written',
    noAddress: 'no address was sent',
  },
};

/** What stands below the number of people. */
export function notifiedWords(tense: Tense, people: number): string {
  const who = people === 1 ? 'person' : 'people';
  if (tense === 'will') return `${who} will be notified`;
  return `${who} ${people === 1 ? 'was' : 'were'} notified`;
}

/** What becomes of other calendars where no message goes out. */
export function colleaguesWords(tense: Tense, calendars: number): string {
  const change = tense === 'were' ? 'changed' : calendars === 1 ? 'changes' : 'change';
  return `${plural(calendars, 'calendar')} of colleagues ${change}, without messages.`;
}

/** What the server does, as the panel says it. */
export function effectTitle({ effective, assurance }: Pick<Verdict, 'effective' | 'assurance'>, tense: Tense): string {
  if (effective === null) return PANEL_WORDS[tense].nothing;
  return assurance === 'noScheduling' ? MODE_WORDS.none.title : modeTitle(effective);
}

/** What choosing the mode means on this server; without a verdict, what the mode is for. */
export function modeSays(mode: StandardMode, verdict: Pick<Verdict, 'effective' | 'assurance'> | null): string {
  if (verdict?.assurance !== 'noScheduling' || mode === 'none') return MODE_WORDS[mode].says;
  return 'This server does no scheduling, so this choice changes nothing: nobody gets a message.';
}
