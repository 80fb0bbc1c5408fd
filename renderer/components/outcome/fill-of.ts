import type { Tone } from '../../words/modes.ts';
import fills from './fills.module.css';

/** The class that fills a stretch of a bar, or a key, with the colour of a tone. */
export const FILL_OF: Readonly<Record<Tone, string>> = {
  new: fills.fillNew,
  upd: fills.fillUpd,
  same: fills.fillSame,
  warn: fills.fillWarn,
  bad: fills.fillBad,
  hush: fills.fillHush,
};
