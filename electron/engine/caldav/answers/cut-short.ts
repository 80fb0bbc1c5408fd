const HEAD = 'BEGIN:VCALENDAR';
const END = 'END:VCALENDAR';

/**
 * Whether a text begins as an iCalendar object and does not end as one (RFC 5545 §3.4): it was cut on its way, though the
 * answer around it is whole. What is no iCalendar object at all is none that was cut.
 */
export function isCutShort(text: string): boolean {
  const body = text.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)?\s*/, '');
  if (body === '' || !HEAD.startsWith(body.slice(0, HEAD.length).toUpperCase())) return false;
  if (body.trimEnd().slice(-END.length).toUpperCase() === END) return false;
  // Something may stand behind the end, and lines may be folded anywhere (§3.1).
  const unfolded = body.replace(/\r?\n[ \t]/g, '').toUpperCase();
  const end = unfolded.lastIndexOf(END);
  return end < 0 || end < unfolded.lastIndexOf(HEAD);
}
