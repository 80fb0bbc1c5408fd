/* Rules (`FIELD OP VALUE`, docs/rules.md) as chips that a person reads: a field, a verb, a value. Pure. */

export interface Verb {
  readonly id: string;
  readonly label: string;
  /** What the value's field expects; `none`: the verb says it all. */
  readonly value: 'text' | 'number' | 'date' | 'none';
  readonly placeholder: string;
  readonly write: (value: string) => string;
  /** The value of a rule of this field, or null when the rule says something else. */
  readonly read: (operator: string, value: string) => string | null;
}

export interface RuleField {
  readonly id: string;
  readonly label: string;
  /** How the list of fields calls it, where its label alone would not do. */
  readonly menu?: string;
  readonly verbs: readonly Verb[];
}

const is = (placeholder: string): Verb => ({
  id: 'is',
  label: 'is',
  value: 'text',
  placeholder,
  write: (value) => `=${value}`,
  read: (operator, value) => (operator === '=' && !value.includes('*') ? value : null),
});

const fits: Verb = {
  id: 'fits',
  label: 'matches',
  value: 'text',
  placeholder: 'invoice-*',
  write: (value) => `=${value}`,
  read: (operator, value) => (operator === '=' ? value : null),
};

const contains: Verb = {
  id: 'contains',
  label: 'contains',
  value: 'text',
  placeholder: 'words',
  write: (value) => `~${value.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}`,
  read: (operator, value) => (operator === '~' ? unescaped(value) : null),
};

const matches: Verb = {
  id: 'matches',
  label: 'matches the pattern',
  value: 'text',
  placeholder: String.raw`invoice \d+`,
  write: (value) => `~${value}`,
  read: (operator, value) => (operator === '~' ? value : null),
};

const inDomain: Verb = {
  id: 'domain',
  label: 'is at domain',
  value: 'text',
  placeholder: 'spam.test',
  write: (value) => `=*@${value.replace(/^@/, '')}`,
  read: (operator, value) => (operator === '=' && /^\*@[^*]+$/.test(value) ? value.slice(2) : null),
};

function compare(id: string, label: string, operator: '<' | '>', value: 'number' | 'date'): Verb {
  return {
    id,
    label,
    value,
    placeholder: value === 'number' ? '20' : '2026-01-01',
    write: (text) => `${operator}${text}`,
    read: (found, text) => (found === operator ? text : null),
  };
}

/** A verb that needs no value; `also`: another way to write the same. */
function fixed(id: string, label: string, rule: string, also = rule): Verb {
  return {
    id,
    label,
    value: 'none',
    placeholder: '',
    write: () => rule,
    read: (operator, value) => ([rule, also].includes(`${operator}${value}`.toLowerCase()) ? '' : null),
  };
}

const TEXT: readonly Verb[] = [contains, matches];

/** In the order in which the editor offers them. The more special verbs of a field come first: they read first. */
export const RULE_FIELDS: readonly RuleField[] = [
  { id: 'organizer', label: 'Organizer', verbs: [inDomain, is('name@spam.test'), fits, contains] },
  { id: 'title', label: 'Title', verbs: [...TEXT, fits] },
  { id: 'text', label: 'Text', verbs: TEXT },
  { id: 'link', label: 'Link', verbs: [fixed('any', 'is present', '=*', '~.'), ...TEXT] },
  { id: 'location', label: 'Location', verbs: [...TEXT, fits] },
  {
    id: 'guests',
    label: 'Guests',
    verbs: [compare('more', 'more than', '>', 'number'), compare('fewer', 'fewer than', '<', 'number'), fits],
  },
  {
    id: 'answered',
    label: 'Invitation',
    verbs: [fixed('no', 'not answered', '=no'), fixed('yes', 'answered', '=yes')],
  },
  {
    id: 'created',
    label: 'Made',
    verbs: [compare('after', 'after', '>', 'date'), compare('before', 'before', '<', 'date')],
  },
  {
    id: 'received',
    label: 'Received',
    verbs: [compare('after', 'after', '>', 'date'), compare('before', 'before', '<', 'date')],
  },
  {
    id: 'starts',
    label: 'Starts',
    verbs: [compare('after', 'after', '>', 'date'), compare('before', 'before', '<', 'date')],
  },
  {
    id: 'ends',
    label: 'Ends',
    verbs: [compare('after', 'after', '>', 'date'), compare('before', 'before', '<', 'date')],
  },
  {
    id: 'outside',
    label: 'Organizer',
    menu: 'Internal or external',
    verbs: [fixed('yes', 'is external', '=yes'), fixed('no', 'is internal', '=no')],
  },
  {
    id: 'recurring',
    label: 'It',
    menu: 'Repeats',
    verbs: [fixed('yes', 'repeats', '=yes'), fixed('no', 'does not repeat', '=no')],
  },
  {
    id: 'copies',
    label: 'Mailboxes with the same text',
    verbs: [compare('more', 'more than', '>', 'number'), compare('fewer', 'fewer than', '<', 'number')],
  },
  {
    id: 'calendars',
    label: 'Calendars of this organizer',
    verbs: [compare('more', 'more than', '>', 'number'), compare('fewer', 'fewer than', '<', 'number')],
  },
  { id: 'uid', label: 'UID', verbs: [is('abc@example.org'), fits] },
];

interface RuleChip {
  readonly field: RuleField;
  readonly verb: Verb;
  readonly value: string;
}

/** A rule as a chip; null when it is none that the editor can write. */
export function readRule(rule: string): RuleChip | null {
  const found = /^([A-Za-z]+)\s*([=~<>])(.*)$/s.exec(rule.trim());
  const [, name = '', operator = '', rest = ''] = found ?? [];
  const field = RULE_FIELDS.find(({ id }) => id === name.toLowerCase());
  if (field === undefined) return null;
  for (const verb of field.verbs) {
    const value = verb.read(operator, rest.trim());
    if (value !== null) return { field, verb, value };
  }
  return null;
}

export function writeRule({ field, verb, value }: RuleChip): string {
  return `${field.id}${verb.write(value.trim())}`;
}

/** As a person reads it: `Organizer is at spam.test`. */
export function ruleWords(rule: string): string {
  const chip = readRule(rule);
  if (chip === null) return rule;
  return [chip.field.label, chip.verb.label, chip.value].filter((part) => part !== '').join(' ');
}

/** The words that a pattern looks for; null when it is more than words. */
function unescaped(pattern: string): string | null {
  const plain = pattern.replaceAll(/\\([\\^$.*+?()[\]{}|])/g, '');
  return /[\\^$.*+?()[\]{}|]/.test(plain) ? null : pattern.replaceAll(/\\([\\^$.*+?()[\]{}|])/g, '$1');
}
