/** A value of a property list: text, a list, or named values. */
type Value = string | readonly Value[] | ReadonlyMap<string, Value>;

/** One object of a backup by `sogo-tool`: `c_name`, and its iCalendar text. */
interface ListedObject {
  readonly name: string;
  readonly text: string;
}

/**
 * The calendar objects of a property list in the old form of OpenStep, as `sogo-tool backup` writes it: dictionaries with
 * `c_content`, wherever they stand, in order. Contacts are none. Null when it is no property list.
 */
export function calendarObjects(text: string): readonly ListedObject[] | null {
  const whole = new Reader(text).whole();
  if (whole === null) return null;
  const found: ListedObject[] = [];
  const look = (value: Value): void => {
    if (typeof value === 'string') return;
    if (isMap(value)) {
      const [name, content] = [value.get('c_name'), value.get('c_content')];
      if (typeof content === 'string' && /^\s*BEGIN:VCALENDAR/i.test(content)) {
        found.push({ name: typeof name === 'string' ? name : '', text: content });
      }
    }
    for (const inner of value.values()) look(inner);
  };
  look(whole);
  return found;
}

function isMap(value: Exclude<Value, string>): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}

/** Lists inside each other that are read; a backup has six. */
const DEEPEST = 64;
const BARE = /[\w./:$-]+/y;
const BLANK = /\s*/y;
const QUOTED = /"((?:[^"\\]|\\[^])*)"/y;
const DATA = /<[^>]*>/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' };

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Value | null {
    const value = this.#value(0);
    this.#take(BLANK);
    return this.#at === this.#text.length ? value : null;
  }

  #value(depth: number): Value | null {
    this.#take(BLANK);
    const first = this.#text[this.#at];
    if (depth > DEEPEST) return null;
    if (first === '{') return this.#dictionary(depth);
    if (first === '(') return this.#list(depth);
    return this.#string() ?? this.#take(DATA);
  }

  #dictionary(depth: number): Value | null {
    const values = new Map<string, Value>();
    this.#at += 1;
    for (;;) {
      if (this.#mark('}')) return values;
      const key = this.#string();
      if (key === null || !this.#mark('=')) return null;
      const value = this.#value(depth + 1);
      if (value === null || !this.#mark(';')) return null;
      values.set(key, value);
    }
  }

  #list(depth: number): Value | null {
    const values: Value[] = [];
    this.#at += 1;
    for (;;) {
      if (this.#mark(')')) return values;
      const value = this.#value(depth + 1);
      if (value === null) return null;
      values.push(value);
      if (!this.#mark(',') && !(this.#text[this.#at] === ')')) return null;
    }
  }

  #string(): string | null {
    this.#take(BLANK);
    const quoted = this.#take(QUOTED);
    return quoted === null ? this.#take(BARE) : unescaped(quoted.slice(1, -1));
  }

  #mark(one: string): boolean {
    this.#take(BLANK);
    if (this.#text[this.#at] !== one) return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const [match = null] = pattern.exec(this.#text) ?? [];
    if (match !== null) this.#at += match.length;
    return match === '' ? null : match;
  }
}

/** `\\U` with four hexadecimals of UTF-16, octal numbers, and the letters of C; any other character stands for itself. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:U([0-9A-Fa-f]{4})|([0-7]{1,3})|([^]))/g,
    (_all, hex?: string, octal?: string, one?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return ESCAPES[one ?? ''] ?? one ?? '';
    },
  );
}
