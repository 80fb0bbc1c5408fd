/** Servers that keep old events from CalDAV clients: a backup made over CalDAV lacks these. */
const HIDERS: readonly (readonly [product: RegExp, warning: string])[] = [
  [
    /^SOGo\b/,
    'SOGo shows CalDAV clients only events after its setting SOGoDAVCalendarStartTimeLimit, if that is set: older ones are not in this backup. A superuser sees all of them.',
  ],
  [
    /^Open-Xchange\b/,
    'Open-Xchange shows CalDAV clients only a window of time around today: what lies outside is not in this backup.',
  ],
  [
    /^Zimbra\b/,
    'Zimbra shows CalDAV clients only events between zimbraCalendarCalDavSyncStart and zimbraCalendarCalDavSyncEnd: others are not in this backup.',
  ],
  [/^Bedework\b/, 'Bedework hides past events from CalDAV clients: they are not in this backup.'],
];

/** What a person must know of a backup of this product. */
export function hiddenEvents(product: string | null): readonly string[] {
  return HIDERS.flatMap(([known, warning]) => (product !== null && known.test(product) ? [warning] : []));
}
