import type { PlanSummary } from '../../shared/model/plan.ts';
import { NOBODY, type StandardMode } from '../../shared/model/scheduling.ts';
import { formatMonth } from '../../shared/words/format.ts';
import { shortAddress } from './format.ts';
import { notifiedIn } from './modes.ts';

/** What the bars of a chart stand for. */
export const CHARTS = ['domain', 'person', 'kind', 'month'] as const;
export type ChartBy = (typeof CHARTS)[number];

export const CHART_WORDS: Readonly<Record<ChartBy, { readonly tab: string; readonly column: string }>> = {
  domain: { tab: 'By domain', column: 'Domain' },
  person: { tab: 'By person', column: 'Person' },
  kind: { tab: 'By kind', column: 'Kind of message' },
  month: { tab: 'By month', column: 'Month of the event' },
};

const KIND_WORDS = {
  invitation: 'Invitations',
  update: 'Updates',
  cancellation: 'Cancellations',
  reply: 'Replies',
} as const;

/** One bar: messages to people inside and outside; where colleagues' calendars are updated without a message, changes of those. */
export interface ChartRow {
  readonly key: string;
  readonly label: string;
  readonly inside: number;
  readonly outside: number;
  /** Titles of some of the events. */
  readonly meetings: readonly string[];
}

/** What of a plan the bars are made of. */
type Counted = Pick<PlanSummary, 'topDomains' | 'topRecipients' | 'notifiedMonths' | 'kinds' | 'kindMeetings'>;

/** The bars of a plan in a mode: none where it is blocked, or where the server does no scheduling. */
export function barsOf(summary: PlanSummary, mode: StandardMode, by: ChartBy): readonly ChartRow[] {
  return (notifiedIn(summary, mode) ?? NOBODY) === NOBODY ? [] : chartRows(summary, mode, by);
}

/** What a mode does, as bars. Nothing where it notifies nobody. */
export function chartRows(summary: Counted, mode: StandardMode, by: ChartBy): readonly ChartRow[] {
  return rowsOf(summary, by)
    .map((row) => ({ ...row, ...countedIn(mode, row) }))
    .filter(({ inside, outside }) => inside + outside > 0);
}

function countedIn(mode: StandardMode, { inside, outside }: ChartRow): Pick<ChartRow, 'inside' | 'outside'> {
  return {
    inside: mode === 'all' || mode === 'internal-only' ? inside : 0,
    outside: mode === 'all' || mode === 'external-only' ? outside : 0,
  };
}

function rowsOf(summary: Counted, by: ChartBy): readonly ChartRow[] {
  const { topDomains = [], topRecipients, notifiedMonths = [], kinds, kindMeetings = {} } = summary;
  switch (by) {
    case 'domain':
      return topDomains.map(({ domain, inside, messages, meetings = [] }) =>
        rowOf(domain, domain, inside ? [messages, 0] : [0, messages], meetings),
      );
    case 'person':
      return topRecipients.map(({ address, inside, messages, meetings = [] }) =>
        rowOf(address, shortAddress(address), inside ? [messages, 0] : [0, messages], meetings),
      );
    case 'month':
      return notifiedMonths.map(({ month, inside, outside, meetings }) =>
        rowOf(month, formatMonth(month), [inside, outside], meetings),
      );
    case 'kind':
      if (kinds === undefined) return [];
      return (['invitation', 'update', 'cancellation', 'reply'] as const).map((kind) => {
        const outside = kinds['external-only'][kind];
        return rowOf(kind, KIND_WORDS[kind], [kinds.all[kind] - outside, outside], kindMeetings[kind] ?? []);
      });
  }
}

function rowOf(
  key: string,
  label: string,
  [inside, outside]: readonly [number, number],
  meetings: readonly string[],
): ChartRow {
  return { key, label, inside, outside, meetings };
}
