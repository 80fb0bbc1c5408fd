import type { Mapping, MappingProblem, MappingRow, Move } from '../../../shared/model/batch/migrate.ts';
import type { Connect } from '../batch/types.ts';
import { problemsOf } from '../mapping/cells.ts';
import type { MappingDefaults, ResolvedMapping, ResolvedRow } from '../mapping/defaults.ts';
import { destinationsOf, type Destination } from '../mapping/destinations.ts';
import { readMapping } from '../mapping/read-mapping.ts';
import { resolveMapping, type ResolveOptions } from '../mapping/resolve.ts';
import { writeMapping } from '../mapping/write-mapping.ts';
import type { EnginePorts } from '../types.ts';
import { findProof, subjectOf } from './target/proofs.ts';
import { rowsToTest, testRows, type TestedRow, type TestOptions } from './test-rows.ts';

/** The walk of a mapping: a text, its rows, what each of them means on the servers, and a text again. */
export interface Mappings {
  /** A CSV, or what was copied out of a spreadsheet. A row with a problem is left out and named. */
  read(text: string): Mapping;
  /** What is wrong with the cells of one row, e.g. of one that was typed. */
  check(row: MappingRow): readonly MappingProblem[];
  /** Every secret that the rows name and the server that it would go to; asks nobody. */
  destinations(rows: readonly MappingRow[], defaults: MappingDefaults): readonly Destination[];
  /**
   * Looks at every row on the servers; nothing is written. What is wrong with it, and what was wrong when it was read,
   * is in the result. Rejects only when the options' signal says so.
   */
  resolve(
    mapping: Pick<Mapping, 'rows' | 'problems'>,
    defaults: MappingDefaults,
    connect: Connect,
    options?: ResolveOptions,
  ): Promise<ResolvedMapping>;
  /** Rows that a test event may open, those of one user together. */
  testable(rows: readonly ResolvedRow[]): readonly (readonly ResolvedRow[])[];
  /**
   * Writes test events for these rows, one user after the other, and removes them again; see `canary`. Only with consent.
   * Rejects only when the options' signal says so.
   */
  test(rows: readonly ResolvedRow[], connect: Connect, options?: TestOptions): Promise<readonly TestedRow[]>;
  /** What was resolved as a CSV that can be read again; never holds a password. */
  write(moves: readonly Move[]): string;
}

export function createMappings(ports: Pick<EnginePorts, 'now' | 'runsDir'>): Mappings {
  const proofOf: ResolveOptions['proofOf'] = (url, properties) =>
    findProof(ports.runsDir, subjectOf(url, properties), ports.now());
  return {
    read: readMapping,
    check: problemsOf,
    destinations: destinationsOf,
    async resolve({ rows, problems }, defaults, connect, options) {
      const resolved = await resolveMapping(rows, defaults, connect, { proofOf, ...options });
      const wrong = [...problems, ...resolved.problems];
      return { ...resolved, problems: wrong, leftOut: wrong.map((problem) => leftOut(problem, rows)) };
    },
    testable: rowsToTest,
    test: (rows, connect, options) => testRows(ports, rows, connect, options),
    write: writeMapping,
  };
}

/** A row that cannot be used, by its mailbox as far as it names one. */
function leftOut({ line, message }: MappingProblem, rows: readonly MappingRow[]): ResolvedMapping['leftOut'][number] {
  const row = rows.find((one) => one.line === line);
  return { mailbox: row?.user ?? `line ${line}`, source: row?.source ?? '', message: `Line ${line}: ${message}` };
}
