import { describe, expect, it } from 'vitest';
import { useServer } from './harness.ts';
import { DIFFERENCES } from './prediction-differences.ts';
import { differs, explanationOf } from './prediction-explained.ts';
import { PREDICTION_EVENTS } from './prediction-events.ts';
import { keepTable } from './prediction-table.ts';
import { holdAgainst, sum, type Held } from './prediction.ts';

const line = ({ event, change, action, outcome, predicted, captured, heard }: Held): string =>
  `${change}, ${event.name} (${action}: ${outcome}): predicted ${JSON.stringify(predicted)}, ` +
  `captured ${JSON.stringify(captured)}: ${heard.join(', ')}`;

describe.each(['cyrus', 'sogo'] as const)('who %s tells is what the plan said, in mode all', (name) => {
  const server = useServer(name);
  let holding: Promise<readonly Held[]> | undefined;
  /** Once for all tests of this server; what goes wrong in it fails each of them. */
  const held = (): Promise<readonly Held[]> => (holding ??= holdAgainst(server(), 'all'));

  it('holds every event in every change', async () => {
    const rows = await held();
    process.stdout.write(`${keepTable(name, server().description.version, 'all', rows)}\n`);
    expect(PREDICTION_EVENTS.length).toBeGreaterThanOrEqual(64);
    for (const change of ['create', 'delete', 'update']) {
      // Fewer than all where a server refused an event, which is declared.
      expect(rows.filter((one) => one.change === change).length).toBeGreaterThan(PREDICTION_EVENTS.length - 4);
    }
  });

  it('never tells more people, and changes no more calendars', async () => {
    const more = (await held()).filter(
      ({ predicted, captured }) => sum(captured) > sum(predicted) || captured.calendars > predicted.calendars,
    );
    expect(more.map(line)).toEqual([]);
  });

  it('tells exactly those, but for the declared differences', async () => {
    const undeclared = (await held()).filter((one) => differs(one) && explanationOf(name, one) === undefined);
    expect(undeclared.map(line)).toEqual([]);
  });

  it('needs every declared difference', async () => {
    const met = new Set((await held()).filter(differs).map((one) => explanationOf(name, one)));
    const idle = DIFFERENCES.filter((row) => row.server === name && !met.has(row));
    expect(idle).toEqual([]);
  });
});

describe('mode none on Cyrus', () => {
  const server = useServer('cyrus');
  it('writes the same events, and nobody hears', async () => {
    const rows = await holdAgainst(server(), 'none');
    process.stdout.write(`${keepTable('cyrus', server().description.version, 'none', rows)}\n`);
    const writes = rows.filter(({ action }) => ['create', 'update', 'delete'].includes(action));
    expect(writes.length).toBeGreaterThan(4 * PREDICTION_EVENTS.length);
    expect(writes.filter(({ outcome }) => !/^(?:created|updated|deleted) $/.test(outcome)).map(line)).toEqual([]);
    expect(rows.filter(({ heard }) => heard.length > 0).map(line)).toEqual([]);
    expect(rows.filter(({ predicted }) => sum(predicted) + predicted.calendars > 0).map(line)).toEqual([]);
  });
});
