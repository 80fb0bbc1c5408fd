/*
 * The fields of a rule, FIELD OP VALUE (docs/rules.md).
 *
 *   words     organizer, title, text, location, link, uid: `=` (with `*`) and `~`
 *   numbers   guests: `=`, `<`, `>`
 *   dates     created, received (DTSTAMP: when the invitation was sent), starts, ends: `<`, `>`, and `=` as words
 *   yes or no answered, outside (the organizer's mail domain is none of the owner's), recurring: `=yes`, `=no`
 *   crowd     copies (mailboxes that have the same text), calendars (in which this organizer has events): `>`, `<`, `=`;
 *             known only to a search over many calendars
 */
export const RULE_FIELDS = [
  'organizer',
  'title',
  'text',
  'location',
  'link',
  'guests',
  'answered',
  'created',
  'received',
  'starts',
  'ends',
  'outside',
  'recurring',
  'copies',
  'calendars',
  'uid',
] as const;
export type RuleField = (typeof RULE_FIELDS)[number];
export type RuleOperator = '=' | '~' | '<' | '>';

const TEXT_FIELDS: ReadonlySet<RuleField> = new Set(['text', 'link']);
const FLAGS = ['answered', 'outside', 'recurring'] as const;
const COUNTS = ['guests', 'copies', 'calendars'] as const;
const DATES = ['created', 'received', 'starts', 'ends'] as const;
const CROWD = ['copies', 'calendars'] as const;

export type FlagField = (typeof FLAGS)[number];
export type CountField = (typeof COUNTS)[number];
export type DateField = (typeof DATES)[number];

const isOne =
  <F extends RuleField>(fields: readonly F[]) =>
  (field: RuleField): field is F =>
    fields.some((one) => one === field);

/** Takes `=yes` and `=no` only. */
export const isFlag = isOne(FLAGS);
/** Compared with a whole number. */
export const isCount = isOne(COUNTS);
/** Compared with a day or a moment. */
export const isDate = isOne(DATES);
/** Known only when many calendars were searched. */
export const isFromCounts = isOne(CROWD);

/** Looks into the text of the event. */
export function looksIntoText(field: RuleField): boolean {
  return TEXT_FIELDS.has(field);
}
