/** A change of the events themselves that a person may consent to: its name in a job, and its word on the command line. */
export interface RewriteOffer {
  readonly key: 'emailAlarms' | 'brokenLines' | 'cancellations';
  readonly word: string;
  /** What a person consents to. */
  readonly label: string;
  /** What it does, for the help of the command line. */
  readonly does: string;
}

/** What window and command line offer; the fields of `rewrites` (job.ts) have the same names. */
export const REWRITE_OFFERS: readonly RewriteOffer[] = [
  {
    key: 'emailAlarms',
    word: 'email-alarms',
    label: 'Turn alarms that send e-mail into alarms that show a text',
    does: 'alarms that send mail become reminders on the screen',
  },
  {
    key: 'brokenLines',
    word: 'broken-lines',
    label: 'Mend events with broken lines',
    does: 'events with broken lines are mended as the plan shows, line by line; without it they are refused',
  },
  {
    key: 'cancellations',
    word: 'cancellations',
    label: 'Restore meetings that were cancelled for this user as cancelled',
    does: 'meetings that a message (METHOD:CANCEL) cancelled for the user are stored as cancelled; without it they are left out',
  },
];

export type RewriteKey = RewriteOffer['key'];

/** How a plan advises it. */
export function rewriteAdvice(key: RewriteKey): string {
  return `“${REWRITE_OFFERS.find((one) => one.key === key)?.label ?? ''}”`;
}
