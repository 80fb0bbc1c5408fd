import type { ReportItem, RunEntry } from '../../../shared/model/kept/report.ts';
import { copyText } from '../../bridge/copy-text.ts';
import type { MenuEntry } from '../../components/list/RowMenu.tsx';
import { begun, copies } from '../../components/list/useListMenu.tsx';
import { isSettledHere, useAttention } from '../../stores/job/attention.ts';
import { shortAddress } from '../../words/format.ts';
import { RESOLUTION_ORDER, RESOLUTION_WORDS } from '../../words/resolutions.ts';

/** Out of the trash bin is for single events: see the drawer. */
const SETTLED = RESOLUTION_ORDER.filter((choice) => choice !== 'trash');

interface ReportMenuOf {
  readonly run: RunEntry;
  /** All marked rows, where more than one is. */
  readonly copied: (() => Promise<readonly ReportItem[]>) | null;
  /** Shows the events of one organizer alone; null while that is so. */
  readonly only: ((organizer: string) => void) | null;
}

/** What can be done with a row of a report. */
export function reportMenu(item: ReportItem, { run, copied, only }: ReportMenuOf): readonly MenuEntry[] {
  const { open, copyRaw, settle } = useAttention.getState();
  const { title, uid, organizer, reason } = item;
  const all = (label: string, of: (one: ReportItem) => string): readonly MenuEntry[] =>
    copied === null ? [] : [{ label, run: () => void copied().then((items) => copyText(items.map(of).join('\n'))) }];
  return [
    { label: 'Open', run: () => void open(run, item) },
    ...begun(
      isSettledHere(run, item)
        ? SETTLED.map((choice) => ({
            label: `${RESOLUTION_WORDS[choice].deed}${copied === null ? '' : ' for all marked'}`,
            run: () => void settle(run, copied ?? (() => Promise.resolve([item])), choice),
          }))
        : [],
    ),
    ...begun([
      ...copies('Copy title', title),
      ...copies('Copy UID', uid),
      ...(organizer === undefined ? [] : copies('Copy address of the organizer', shortAddress(organizer))),
      ...copies('Copy reason', reason),
      { label: 'Copy raw text', run: () => void copyRaw(run, item) },
    ]),
    ...begun([
      ...all('Copy titles of all marked', (one) => one.title),
      ...all('Copy UIDs of all marked', (one) => one.uid),
    ]),
    ...(organizer === undefined || only === null
      ? []
      : [{ label: 'Show only this organizer', begins: true, run: () => only(organizer) }]),
  ];
}
