/**
 * An iCalendar reader for comparing, written apart from the engine: it unfolds, splits each line at the first `:` and
 * `;` outside quotes, and nests components. It judges nothing and decodes no value (RFC 5545 §3.1, RFC 6868 untouched).
 */
export interface Line {
  /** Upper case. */
  readonly name: string;
  /** Names in upper case, in the order of the text; values as written, without the quotes around them. */
  readonly parameters: readonly (readonly [name: string, values: readonly string[]])[];
  readonly value: string;
}

export interface Component {
  /** Upper case. */
  readonly name: string;
  readonly lines: readonly Line[];
  readonly components: readonly Component[];
  /** Offsets in the bytes that were read: from the `B` of BEGIN to behind the line end of END. */
  readonly from: number;
  readonly to: number;
}

/** @throws when lines do not nest, a line has no `:`, or the bytes are not UTF-8. Blank lines are passed over. */
export function readComponents(bytes: Uint8Array): readonly Component[] {
  const roots: Component[] = [];
  const open: { name: string; lines: Line[]; components: Component[]; from: number }[] = [];
  for (const { text, from, to } of unfoldedLines(bytes)) {
    if (text === '') continue;
    const line = splitLine(text);
    if (line.name === 'BEGIN') {
      open.push({ name: line.value.trim().toUpperCase(), lines: [], components: [], from });
    } else if (line.name === 'END') {
      const done = open.pop();
      const name = line.value.trim().toUpperCase();
      if (done?.name !== name) throw new Error(`END:${name} closes ${done?.name ?? 'nothing'}`);
      const parent = open.at(-1);
      (parent?.components ?? roots).push({ ...done, to });
    } else {
      const inside = open.at(-1);
      if (inside === undefined) throw new Error(`outside of every component: ${text.slice(0, 60)}`);
      inside.lines.push(line);
    }
  }
  const left = open.at(-1);
  if (left !== undefined) throw new Error(`${left.name} is not closed`);
  return roots;
}

/**
 * Lines without their folds. A fold may stand inside a character, so bytes are joined before they are decoded; it may
 * even stand between the CR and the LF of a line end (libical 3 writes that), so a CR is judged after the joining.
 */
function* unfoldedLines(bytes: Uint8Array): Generator<{ text: string; from: number; to: number }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let position = startsWithBom(bytes) ? 3 : 0;
  while (position < bytes.length) {
    const from = position;
    const parts: Uint8Array[] = [];
    for (;;) {
      const newline = bytes.indexOf(0x0a, position);
      const next = newline < 0 ? bytes.length : newline + 1;
      const end = newline < 0 ? bytes.length : newline;
      const isFold = bytes[next] === 0x20 || bytes[next] === 0x09;
      parts.push(bytes.subarray(position, isFold && bytes[end - 1] === 0x0d ? Math.max(end - 1, position) : end));
      position = next;
      if (!isFold) break;
      position += 1;
    }
    yield { text: decoder.decode(Buffer.concat(parts)).replace(/\r$/, ''), from, to: position };
  }
}

function startsWithBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

const NAME = /^[A-Za-z0-9.-]+/;

/** Splits one unfolded content line into name, parameters and value. */
export function splitLine(text: string): Line {
  const name = NAME.exec(text)?.[0];
  if (name === undefined) throw new Error(`no property: ${text.slice(0, 60)}`);
  const parameters: [string, string[]][] = [];
  let position = name.length;
  while (text[position] === ';') {
    const equals = text.indexOf('=', position);
    if (equals < 0) throw new Error(`parameter without a value: ${text.slice(0, 60)}`);
    const parameter: [string, string[]] = [text.slice(position + 1, equals).toUpperCase(), []];
    position = equals;
    do {
      const [value, after] = parameterValue(text, position + 1);
      parameter[1].push(value);
      position = after;
    } while (text[position] === ',');
    parameters.push(parameter);
  }
  if (text[position] !== ':') throw new Error(`no value: ${text.slice(0, 60)}`);
  return { name: name.toUpperCase(), parameters, value: text.slice(position + 1) };
}

/** The value that starts at `from`, and the position behind it. */
function parameterValue(text: string, from: number): [string, number] {
  if (text[from] === '"') {
    const close = text.indexOf('"', from + 1);
    if (close < 0) throw new Error(`quote is not closed: ${text.slice(0, 60)}`);
    return [text.slice(from + 1, close), close + 1];
  }
  let end = from;
  while (end < text.length && !';:,'.includes(text.charAt(end))) end += 1;
  return [text.slice(from, end), end];
}

/** The value of the first property of that name, or undefined. */
export function valueOf(component: Component, name: string): string | undefined {
  return component.lines.find((line) => line.name === name)?.value;
}
