import { RE2JS, RE2JSSyntaxException } from 're2js';

/** What holds a text against a regular expression. */
export interface Expression {
  test(text: string): boolean;
}

const LOOKAROUND = /\(\?<?[=!]/;
const BACK_REFERENCE = /\\(?:[1-9]|k<)/;

/**
 * Compiles a regular expression, without regard to case. The engine is RE2's: time is proportional to the text, whatever the
 * expression is, since the texts come from strangers. The syntax is that of JavaScript as far as such an engine can go.
 *
 * @returns what is wrong with it, in words that go on behind "The rule cannot be used: ", when it cannot be used
 */
export function readExpression(source: string): Expression | { readonly wrong: string } {
  // A backslash that stands for itself begins no reference.
  const plain = source.replace(/\\\\/g, '');
  if (BACK_REFERENCE.test(plain)) return { wrong: lacking('back-references such as \\1') };
  if (LOOKAROUND.test(plain.replace(/\\\(/g, '')))
    return { wrong: lacking('lookahead and lookbehind such as (?=…) and (?<!…)') };
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(source), RE2JS.CASE_INSENSITIVE);
    return { test: (text) => compiled.test(text) };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    const where = error.input === null ? '' : ` at "${error.input.replace(/^\(\?i\)/, '').slice(0, 40)}"`;
    return { wrong: `the value after ~ is not a valid regular expression (${error.error}${where})` };
  }
}

function lacking(what: string): string {
  return `${what} are not known to expressions here, which never take long on any text; write it without, or as several rules`;
}
