import { EXIT } from '../../io.ts';
import { flagsIn, HELP, meaningOf } from './help.ts';

/** An option of a command, as its usage line has it. */
export interface OptionHelp {
  /** Without its dashes. */
  readonly name: string;
  /** What it takes, as in the usage line (`URL`, `none|all`); null for one that takes nothing. */
  readonly value: string | null;
  /** The words that it may be, as far as these are all. Empty where it is free. */
  readonly choices: readonly string[];
  /** Its value may be left out: `--yes[=HASH]`. */
  readonly valueIsOptional: boolean;
  /** It may be given several times. */
  readonly repeats: boolean;
  readonly meaning: string;
}

interface CommandData {
  readonly name: string;
  readonly does: string;
  /** The usage line, from `hushcal` on. */
  readonly usage: string;
  readonly options: readonly OptionHelp[];
  readonly examples: readonly string[];
}

/** All that `--help` says, for programs: manual page and completions are made of it. */
export interface HelpData {
  readonly version: string;
  readonly commands: readonly CommandData[];
  readonly exitCodes: Readonly<Record<string, number>>;
}

/** @param usages usage lines by the names of the commands */
export function helpData(version: string, usages: ReadonlyMap<string, string>): HelpData {
  const commands = [...usages].map(([name, usage]) => ({
    name,
    does: HELP[name]?.does ?? '',
    usage,
    options: flagsIn(usage).map((flag) => optionHelp(name, flag, usage)),
    examples: HELP[name]?.examples ?? [],
  }));
  return { version, commands, exitCodes: EXIT };
}

function optionHelp(command: string, name: string, usage: string): OptionHelp {
  const optional = new RegExp(`--${name}\\[=([^\\]]+)\\]`).exec(usage)?.[1];
  // What stands in brackets without a space is a part of the value: `[HOST=]SHA256…`.
  const given =
    optional ??
    new RegExp(`--${name} ((?!--)(?:\\[[^\\]\\s]+\\]|[^\\s\\]|[])(?:\\[[^\\]\\s]+\\]|[^\\s\\][])*)`).exec(usage)?.[1];
  // `--password-env VAR|--token-env VAR`: another option follows, not another value.
  const found = given?.replace(/\|--.*$/, '') ?? null;
  // `mailto:…` stands for any address, `RULE…` for several rules.
  const several = found !== null && /[^:]…$/.test(found);
  const value = several ? found.slice(0, -1) : found;
  const words = value?.split('|') ?? [];
  const meaning = meaningOf(command, name);
  return {
    name,
    value,
    choices: words.every((word) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(word)) ? words : [],
    valueIsOptional: optional !== undefined,
    repeats: several || /\brepeat(?:ed| as needed)/i.test(meaning),
    meaning,
  };
}
