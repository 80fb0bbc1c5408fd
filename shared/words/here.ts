/* Whose words they are: the locale and the time zone in which everything is said. The rest of this folder asks here. */

interface Here {
  /** BCP 47; the platform's where it is left out. */
  readonly locale?: string | undefined;
  /** IANA; the computer's where it is left out. */
  readonly timeZone?: string | undefined;
}

let now: Here = {};

/** Says it once for the whole process: tests, and whoever knows better than the platform. */
export function setHere(next: Here): void {
  now = next;
  made.clear();
}

/** The time zone of this computer by its IANA name: `Europe/Berlin`. */
export function localZone(): string {
  return now.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function localeHere(): string {
  return new Intl.NumberFormat(now.locale).resolvedOptions().locale;
}

/** Making a formatter takes longer than a hundred uses of it, and a list asks for the same one in every row. */
const made = new Map<string, Intl.DateTimeFormat>();

/** A formatter for these options; in `UTC` for dates that are said as they are written, else in the zone of this computer. */
export function dateFormat(options: Intl.DateTimeFormatOptions, zone?: 'UTC'): Intl.DateTimeFormat {
  const timeZone = zone ?? now.timeZone;
  const key = `${timeZone ?? ''} ${JSON.stringify(options)}`;
  let format = made.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(now.locale, { ...options, ...(timeZone === undefined ? {} : { timeZone }) });
    made.set(key, format);
  }
  return format;
}

/** Where CLDR is not asked: a platform without week data. Regions that begin on Sunday, and on Saturday (CLDR 46). */
const SUNDAY =
  /^(?:AG|AS|BD|BR|BS|BT|BW|BZ|CA|CO|DM|DO|ET|GT|GU|HK|HN|ID|IL|IN|JM|JP|KE|KH|KR|LA|MH|MM|MO|MT|MX|MZ|NI|NP|PA|PE|PH|PK|PR|PT|PY|SA|SG|SV|TH|TT|TW|UM|US|VE|VI|WS|YE|ZA|ZW)$/;
const SATURDAY = /^(?:AE|AF|BH|DJ|DZ|EG|IQ|IR|JO|KW|LY|OM|QA|SD|SY)$/;

/** What newer platforms say of a locale, which the language's own types do not know yet. */
interface WithWeek {
  readonly getWeekInfo?: () => { readonly firstDay: number };
  readonly weekInfo?: { readonly firstDay: number };
}

/** The day on which a week begins here: 1 for Monday … 7 for Sunday. */
export function firstDayOfWeek(locale = localeHere()): number {
  const known = new Intl.Locale(locale);
  const asked: WithWeek = known as WithWeek;
  const said = asked.getWeekInfo?.().firstDay ?? asked.weekInfo?.firstDay;
  if (said !== undefined) return said;
  const region = known.maximize().region ?? '';
  return SUNDAY.test(region) ? 7 : SATURDAY.test(region) ? 6 : 1;
}
