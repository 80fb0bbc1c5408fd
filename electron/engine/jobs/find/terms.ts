import type { FindSpec } from '../../../../shared/model/found/find.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import { needsText, parseRule, type Rule } from '../../plan/rules/rules.ts';
import { searchWords } from '../../search/words.ts';

/** What is looked for, taken apart. */
export interface Terms {
  readonly words: readonly string[];
  readonly rules: readonly Rule[];
  readonly any: boolean;
  /** The text of each event must be read. */
  readonly withText: boolean;
}

/** Throws HushError (fix-input) for a rule that is none, that nobody can answer here, and where nothing is asked. */
export function readTerms({ words: typed, rules: texts, any }: FindSpec): Terms {
  const words = searchWords(typed);
  const rules = texts.map(parseRule);
  if (rules.some(({ field }) => field === 'outside')) {
    throw wrong('A backup does not say which mail domains are inside. Look for organizer=*@… instead of outside.');
  }
  if (words.length === 0 && rules.length === 0) {
    throw wrong('Say what to look for: words of the event, or a rule such as title~budget.');
  }
  return { words, rules, any, withText: words.length > 0 || needsText(rules) };
}

function wrong(message: string): HushError {
  return new HushError({ code: 'INPUT_RULE', message, reaction: 'fix-input' });
}
