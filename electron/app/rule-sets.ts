import { join } from 'node:path';
import { z } from 'zod';
import { ruleSet, type RuleSet } from '../../shared/model/cleanup.ts';
import type { RuleSets } from '../ipc/ports.ts';
import { JsonFile } from './json-file.ts';

/** What clean-ups begin with most of the time. */
const PRESETS: readonly RuleSet[] = [
  preset('unanswered-link', 'Unanswered invitations from outside with a link', [
    'outside=yes',
    'answered=no',
    'link~.',
  ]),
  preset('many-calendars', 'Same organizer from outside in more than 10 calendars', ['outside=yes', 'calendars>10']),
  preset('same-text', 'Same text sent to more than 10 mailboxes', ['outside=yes', 'copies>10']),
];

/** The rules that a person kept, in `rule-sets.json`. */
export async function openRuleSets(folder: string): Promise<RuleSets> {
  const file = await JsonFile.open<readonly RuleSet[]>(join(folder, 'rule-sets.json'), z.array(ruleSet), []);
  return {
    presets: PRESETS,
    list: () => file.value,
    save: (set) => file.set([...file.value.filter(({ id }) => id !== set.id), set]),
    remove: (id) => file.set(file.value.filter((entry) => entry.id !== id)),
  };
}

function preset(id: string, name: string, rules: readonly string[]): RuleSet {
  return { id, name, rules, any: false, preset: true };
}
