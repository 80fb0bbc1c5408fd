import type { Rejection } from '../../../../shared/model/found/inspection.ts';
import type { ComponentTable } from '../scan/component-table.ts';
import { readFacts } from '../facts/component-facts.ts';
import { decode, splitLines } from '../lines.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import type { Refusal } from './refusals.ts';

/** A refused component as a row for a person, with its title so that it can be recognised. */
export function rejectionOf(
  table: ComponentTable,
  row: number,
  refusal: Refusal,
  file: string,
  sliceText: (row: number) => string,
): Rejection {
  const facts = readFacts(splitLines(normaliseText(sliceText(row).slice(0, 64 * 1024))));
  return {
    file,
    line: table.line.at(row),
    uid: table.uidMade.at(row) === 1 ? '' : decode(table.uid(row)),
    title: facts.title.slice(0, 500),
    code: refusal.code,
    reason: refusal.reason,
  };
}
