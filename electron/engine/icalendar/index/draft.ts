import { mendBrokenLines, noteIndent } from '../repairs/broken-lines.ts';
import { nameDates } from '../repairs/date-values.ts';
import { addDtstamp } from '../repairs/dtstamp.ts';
import { refoldSplitCharacters } from '../repairs/folds.ts';
import type { Draft } from '../repairs/repair.ts';
import { dropScheduleParameters } from '../repairs/schedule-parameters.ts';
import { escapeCommas } from '../repairs/text-commas.ts';
import { repairedLines } from '../repairs/text-repairs.ts';
import { addUid } from '../repairs/uid.ts';

interface DraftInput {
  /** The component as it stands in the file: a binary string. */
  readonly slice: string;
  readonly kind: string;
  readonly firstLine: number;
  /** The UID that was made for it, or null when it has its own. */
  readonly madeUid: string | null;
  /** Its lines had blanks before them, which the slice has no more. */
  readonly indented?: boolean;
}

/** A component's lines, repaired, with each repair named. The same input always gives the same lines. */
export function draftComponent(input: DraftInput): Draft {
  const draft: Draft = { lines: [], findings: [], firstLine: input.firstLine };
  draft.lines = repairedLines(input.slice, draft);
  if (input.indented === true) noteIndent(draft);
  mendBrokenLines(draft);
  if (input.madeUid !== null) addUid(draft, input.madeUid);
  addDtstamp(draft, input.kind);
  dropScheduleParameters(draft);
  nameDates(draft);
  escapeCommas(draft);
  refoldSplitCharacters(draft);
  return draft;
}
