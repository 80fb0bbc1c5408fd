const WIDTH = 100;

/** A name and what it means, which begins at that column. */
export function entry(name: string, meaning: string, column: number): string {
  return fold(`  ${name.padEnd(column)} ${meaning}`, ' '.repeat(column + 3)).join('\n');
}

/** A usage line, broken between its options. */
export function wrapUsage(usage: string): string {
  const [first = '', ...rest] = usage.split(/ (?=\[--|--(?![^[]*\]))/);
  const lines: string[] = [`Usage: ${first}`];
  for (const part of rest) {
    const last = lines.at(-1) ?? '';
    if (last.length + part.length + 1 <= WIDTH) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(`         ${part}`);
  }
  return lines.join('\n');
}

/** Text folded at the width; lines after the first begin with `indent`. */
export function fold(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > WIDTH) {
    const at = rest.lastIndexOf(' ', WIDTH);
    if (at <= indent.length) break;
    lines.push(rest.slice(0, at));
    rest = `${indent}${rest.slice(at + 1)}`;
  }
  return [...lines, rest];
}
