import { randomUUID } from 'node:crypto';
import type { RuleSet } from '../../../shared/model/cleanup.ts';
import { HushError, toFailure } from '../../../shared/model/failure.ts';
import { parseSearchRule } from '../../engine/plan/rules.ts';
import type { Ports } from '../ports.ts';
import type { HandlersOf } from '../types.ts';

export function rulesHandlers({ ruleSets }: Pick<Ports, 'ruleSets'>): HandlersOf<'rules'> {
  const all = (): RuleSet[] => [...ruleSets.presets, ...ruleSets.list()];
  return {
    'rules.list': () => Promise.resolve(all()),
    'rules.save': async ({ id, name, rules, any }) => {
      for (const rule of rules) parseSearchRule(rule);
      if (ruleSets.presets.some((preset) => preset.id === id)) throw isPreset();
      await ruleSets.save({ id: id ?? randomUUID(), name, rules, any, preset: false });
      return all();
    },
    'rules.remove': async ({ id }) => {
      await ruleSets.remove(id);
      return all();
    },
    'rules.check': ({ rules }) => Promise.resolve(rules.map(problemOf)),
  };
}

function problemOf(rule: string): string | null {
  try {
    parseSearchRule(rule);
    return null;
  } catch (thrown) {
    return toFailure(thrown).message;
  }
}

function isPreset(): HushError {
  return new HushError({
    code: 'RULES_PRESET',
    message: 'These rules come with Hushcal and stay as they are. Keep yours under another name.',
    reaction: 'fix-input',
  });
}
