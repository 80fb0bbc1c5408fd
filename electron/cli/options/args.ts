import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A wrong command line: one sentence, shown with the usage line. */
export class UsageError extends Error {}

/**
 * Consent as the command line gives it: not at all; or to a plan, which may be named by its hash, by the number of messages
 * that it sends, or by nothing. A plan that sends messages wants to be named.
 */
export type Consented =
  | { readonly kind: 'no' }
  | { readonly kind: 'yes'; readonly hash: string | null; readonly messages: number | null };

export interface ParsedArgs {
  readonly positionals: readonly string[];
  text(name: string): string | undefined;
  /** The value, or a sentence that says it is missing. */
  required(name: string): string;
  list(name: string): readonly string[];
  flag(name: string): boolean;
  readonly consent: Consented;
}

/** Options every command may have: name → what it takes. */
export type OptionKinds = Readonly<Record<string, 'text' | 'list' | 'flag'>>;

/**
 * Parses the arguments of one command. `--yes` takes an optional value, which parseArgs cannot: it is taken out first.
 * `--messages` belongs to every command that takes `--yes` and consents by itself.
 * Throws UsageError.
 */
export function readArgs(argv: readonly string[], kinds: OptionKinds): ParsedArgs {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    options[name] = kind === 'flag' ? { type: 'boolean' } : { type: 'string', multiple: kind === 'list' };
  }
  const { rest, yes } = takeYes(argv, kinds['yes'] !== undefined);
  let parsed;
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(sentence(error));
  }
  const { values, positionals } = parsed;
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    positionals,
    consent: consentOf(yes, text('messages')),
    text,
    required(name) {
      const value = text(name);
      if (value === undefined || value === '') throw new UsageError(`--${name} is missing.`);
      return value;
    },
    list(name) {
      const value = values[name];
      return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
    },
    flag: (name) => values[name] === true,
  };
}

function consentOf(yes: Yes | null, messages: string | undefined): Consented {
  if (yes === null && messages === undefined) return { kind: 'no' };
  const number = messages === undefined ? null : wholeNumber(messages, 'messages', 0, MOST_MESSAGES);
  return { kind: 'yes', hash: yes?.hash ?? null, messages: number };
}

/** More than any plan sends. */
const MOST_MESSAGES = 1_000_000_000;

interface Yes {
  readonly hash: string | null;
}

function takeYes(argv: readonly string[], known: boolean): { rest: string[]; yes: Yes | null } {
  const rest: string[] = [];
  let yes: Yes | null = null;
  for (const [at, arg] of argv.entries()) {
    if (arg === '--') {
      rest.push(...argv.slice(at));
      break;
    }
    if (known && arg === '--yes') yes = { hash: null };
    else if (known && arg.startsWith('--yes=')) yes = { hash: arg.slice('--yes='.length).trim() };
    else rest.push(arg);
  }
  return { rest, yes };
}

/** parseArgs explains itself well; only its hints about `--` are cut. */
function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message.split('. ')[0]?.replace(/\.$/, '') ?? message}.`;
}

/** A whole number within bounds. */
export function wholeNumber(text: string, name: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`--${name} takes a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}

/** One of a few words. */
export function oneOf<T extends string>(text: string, name: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new UsageError(`--${name} takes one of ${words.join(', ')}, not "${text}".`);
  return found;
}
