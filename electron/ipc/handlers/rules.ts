import { toFailure } from '../../../shared/model/failure.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Ports } from '../ports.ts';
import type { HandlersOf } from '../types.ts';

export function rulesHandlers({ engine }: Pick<Ports, 'engine'>): HandlersOf<'rules'> {
  return {
    'rules.list': async () => [...(await engine.ruleSets())],
    'rules.save': async (set) => [...(await engine.saveRuleSet(set))],
    'rules.remove': async ({ id }) => [...(await engine.removeRuleSet(id))],
    'rules.check': ({ rules }) => Promise.resolve(rules.map((rule) => problemOf(engine, rule))),
  };
}

function problemOf(engine: Pick<Engine, 'checkSearchRules'>, rule: string): string | null {
  try {
    engine.checkSearchRules({ rules: [rule], any: false });
    return null;
  } catch (thrown) {
    return toFailure(thrown).message;
  }
}
