import { splitLines } from '../lines.ts';
import { nameDates } from '../repairs/date-values.ts';
import { addDtstamp } from '../repairs/dtstamp.ts';
import { refoldSplitCharacters } from '../repairs/folds.ts';
import type { Draft } from '../repairs/repair.ts';
import { dropScheduleParameters } from '../repairs/schedule-parameters.ts';
import { escapeCommas } from '../repairs/text-commas.ts';
import { repairText } from '../repairs/text-repairs.ts';
import { addUid } from '../repairs/uid.ts';

export interface DraftInput {
  /** The component as it stands in the file: a binary string. */
  readonly slice: string;
  readonly kind: string;
  readonly firstLine: number;
  /** The UID that was made for it, or null when it has its own. */
  readonly madeUid: string | null;
}

/** A component's lines, repaired, with each repair named. The same input always gives the same lines. */
export function draftComponent(input: DraftInput): Draft {
  const draft: Draft = { lines: [], findings: [], firstLine: input.firstLine };
  draft.lines = splitLines(repairText(input.slice, draft)).filter((line) => line.raw !== '');
  if (input.madeUid !== null) addUid(draft, input.madeUid);
  addDtstamp(draft, input.kind);
  dropScheduleParameters(draft);
  nameDates(draft);
  escapeCommas(draft);
  refoldSplitCharacters(draft);
  return draft;
}
