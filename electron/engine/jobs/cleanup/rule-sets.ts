import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ruleSet, type RuleSet } from '../../../../shared/model/batch/cleanup.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import { replaceDurably } from '../../../durably.ts';
import type { EnginePorts } from '../../types.ts';
import { readRules } from '../../search/judge.ts';

/** What clean-up sessions begin with most often. */
const PRESETS: readonly RuleSet[] = [
  {
    id: 'preset-unanswered-links',
    name: 'Unanswered invitations from outside with a link',
    rules: ['outside=yes', 'answered=no', 'link=*'],
    any: false,
    preset: true,
  },
  {
    id: 'preset-many-calendars',
    name: 'Same organizer from outside in more than 5 calendars',
    rules: ['outside=yes', 'calendars>5'],
    any: false,
    preset: true,
  },
  {
    id: 'preset-same-text',
    name: 'Same text from outside in more than 5 mailboxes',
    rules: ['outside=yes', 'copies>5'],
    any: false,
    preset: true,
  },
];

type RunsPort = Pick<EnginePorts, 'runsDir'>;

/** All rule sets: those of the program, then those that were saved, by name. */
export async function listRuleSets({ runsDir }: RunsPort): Promise<readonly RuleSet[]> {
  return [...PRESETS, ...(await readSaved(runsDir))];
}

/** One rule set by its name, without regard to case, or by its id. Throws HushError when there is none. */
export async function findRuleSet(ports: RunsPort, name: string): Promise<RuleSet> {
  const all = await listRuleSets(ports);
  const wanted = name.trim().toLowerCase();
  const found = all.find((one) => one.id === name) ?? all.find((one) => one.name.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new HushError({
    code: 'RULES_NOT_FOUND',
    message: `There are no saved rules called "${name}". There are: ${all.map((one) => `"${one.name}"`).join(', ')}.`,
    reaction: 'fix-input',
  });
}

/**
 * Saves rules under a name; durable when it resolves. `id` null: new, or in the place of the ones with that name.
 *
 * @throws HushError for rules that are none, and for a name that the program uses itself
 */
export async function saveRuleSet(
  { runsDir }: RunsPort,
  { id, name, rules, any }: Pick<RuleSet, 'name' | 'rules' | 'any'> & { readonly id: string | null },
): Promise<readonly RuleSet[]> {
  readRules({ rules, any });
  const title = name.trim();
  if (PRESETS.some((one) => one.id === id || one.name.toLowerCase() === title.toLowerCase())) throw taken(title);
  const saved = await readSaved(runsDir);
  const isIt = (one: RuleSet): boolean =>
    id === null ? one.name.toLowerCase() === title.toLowerCase() : one.id === id;
  const known = saved.find(isIt);
  const next = { id: known?.id ?? `rules-${randomBytes(6).toString('hex')}`, name: title, rules, any, preset: false };
  await writeSaved(runsDir, [...saved.filter((one) => one.id !== next.id), next]);
  return listRuleSets({ runsDir });
}

/** Removes saved rules; one that is not there is no error. */
export async function removeRuleSet({ runsDir }: RunsPort, id: string): Promise<readonly RuleSet[]> {
  const saved = await readSaved(runsDir);
  if (saved.some((one) => one.id === id)) {
    await writeSaved(
      runsDir,
      saved.filter((one) => one.id !== id),
    );
  }
  return listRuleSets({ runsDir });
}

function pathOf(runsDir: string): string {
  return join(runsDir, 'rules.json');
}

async function readSaved(runsDir: string): Promise<readonly RuleSet[]> {
  let text: string;
  try {
    text = await readFile(pathOf(runsDir), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  const parsed = z.array(ruleSet).safeParse(tryJson(text));
  // Saving would overwrite what cannot be read.
  if (!parsed.success) throw damaged(pathOf(runsDir));
  return parsed.data;
}

async function writeSaved(runsDir: string, sets: readonly RuleSet[]): Promise<void> {
  await mkdir(runsDir, { recursive: true, mode: 0o700 });
  const sorted = [...sets].sort((one, other) => one.name.localeCompare(other.name));
  await replaceDurably(pathOf(runsDir), `${JSON.stringify(sorted, null, 1)}\n`);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function taken(name: string): HushError {
  return new HushError({
    code: 'RULES_NAME',
    message: `"${name}" are rules that came with Hushcal. Choose another name.`,
    reaction: 'fix-input',
  });
}

function damaged(path: string): HushError {
  return new HushError({
    code: 'RULES_DAMAGED',
    message: `${path} cannot be read, so the saved rules cannot be used. Move the file away to begin anew.`,
    reaction: 'fix-input',
  });
}
