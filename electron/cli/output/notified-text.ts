import type { PlanSummary } from '../../../shared/model/plan.ts';
import { STANDARD_MODES, type MessageKinds } from '../../../shared/model/scheduling.ts';

/** Domains that are named; all of them are in the JSON. */
const LISTED = 5;

/** What the messages say, where they go, and what goes past every mode; nothing where there is nothing to say. */
export function notifiedDetails({ kinds, topDomains = [], alarms }: PlanSummary): readonly string[] {
  const lines = [
    ...STANDARD_MODES.flatMap((mode) => {
      const words = kinds === undefined ? '' : kindsText(kinds[mode]);
      return words === '' ? [] : [entry('Messages', `${mode}: ${words}`)];
    }),
    ...(topDomains.length === 0 ? [] : [entry('Domains', domainsText(topDomains))]),
    ...(alarms === undefined || alarms.email === 0 ? [] : [entry('Alarms', alarmsText(alarms))]),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}

function entry(name: string, text: string): string {
  return `${name.padEnd(12)}${text}`;
}

/** `2 invitations, 1 reply`; empty when there are none. */
function kindsText({ invitation, update, cancellation, reply }: MessageKinds): string {
  return [
    words(invitation, 'invitation', 'invitations'),
    words(update, 'update', 'updates'),
    words(cancellation, 'cancellation', 'cancellations'),
    words(reply, 'reply', 'replies'),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function words(count: number, one: string, many: string): string {
  return count === 0 ? '' : `${String(count)} ${count === 1 ? one : many}`;
}

function domainsText(domains: NonNullable<PlanSummary['topDomains']>): string {
  const named = domains.slice(0, LISTED).map(({ domain, inside, people, messages }) => {
    const where = inside ? 'internal' : 'external';
    return `${domain} (${where}, ${String(people)} ${people === 1 ? 'person' : 'people'}, ${words(messages, 'message', 'messages')})`;
  });
  const more = domains.length - named.length;
  return [...named, ...(more > 0 ? [`and ${String(more)} more`] : [])].join(', ');
}

function alarmsText({ email, overdue }: NonNullable<PlanSummary['alarms']>): string {
  const many =
    email === 1 ? '1 entry has an alarm that sends mail' : `${String(email)} entries have alarms that send mail`;
  const over = overdue === 0 ? '' : `; for ${String(overdue)} the time is past, and the mail may go out at once`;
  return `${many}, in every mode${over}. A restore with --rewrite email-alarms makes them reminders on the screen.`;
}
