import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rewrites } from '../../../shared/model/job.ts';
import { itemsOf, openWorld, type Finished, type World } from './testing/world.ts';

/** Files with faults that people met, kept beside a checkout of the project. */
const FIELD = path.resolve(import.meta.dirname, '../../../../shared/field/files');

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

function restore(name: string, file = /^in/, rewrites: Rewrites = {}): Promise<Finished> {
  const folder = path.join(FIELD, name);
  const sources = readdirSync(folder)
    .filter((one) => file.test(one))
    .map((one) => path.join(folder, one));
  return world.restore({ sources, rewrites });
}

async function stored(): Promise<string> {
  return [...(await world.objects()).values()].join('').replace(/\r?\n[ \t]/g, '');
}

describe('files of the field', () => {
  it('a backup of sogo-tool is stored decoded', async () => {
    const run = await restore('a07-sogo-tool-backup');
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 2 } });
    expect(await stored()).toContain('SUMMARY:Müller "quoted" \\, and a rather long title');
    expect(await stored()).not.toMatch(/\\U00|\\\\n/);
  });

  it('mail whose first header is unusual is stored decoded', async () => {
    const run = await restore('a06b-mail-first-header-silent');
    expect(run.settled.totals).toMatchObject({ created: 1 });
    expect(await stored()).toContain('SUMMARY:Jahresgespräch a=b');
  });

  it('the definition of a zone in other letters travels with the event', async () => {
    const run = await restore('i25-tzid-other-case');
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    expect(await stored()).toContain('TZID:EUROPE/BERLIN');
  });

  it('a changed instance leaves the series', async () => {
    await restore('i19-override-only-told', /^seed/);
    const run = await restore('i19-override-only-told');
    expect(run.settled).toMatchObject({ status: 'complete', totals: { updated: 1 } });
    expect(await stored()).toMatch(/RRULE[^]*RECURRENCE-ID/);
  });

  it('zones that nothing defines are named with their events', async () => {
    const run = await restore('i11-windows-zones-wrong-definitions');
    const unknown = itemsOf(run).filter(({ warnings = [] }) => warnings.some((one) => one.includes('nobody knows')));
    expect(unknown.map(({ title }) => title)).toContain('Customized, not defined');
  });

  it('wrong ends are named with their events', async () => {
    const run = await restore('i26-wrong-ends');
    const warned = itemsOf(run).filter(({ warnings }) => warnings !== undefined);
    expect(warned.map(({ uid }) => uid.split('@')[0])).toEqual(['before', 'both', 'mixed', 'negative']);
  });

  it('what was cancelled for the owner is left out, or stored as cancelled', async () => {
    const folder = path.join(FIELD, 'i21-request-then-cancel', 'in.d');
    const left = await world.restore({ sources: [folder] });
    expect(itemsOf(left).map(({ outcome }) => outcome)).toEqual(['skipped']);
    await world.restore({ sources: [folder], rewrites: { cancellations: true } });
    expect(await stored()).toContain('STATUS:CANCELLED');
  });

  it('an event with broken lines is refused with its lines, or mended', async () => {
    const run = await restore('i02-unindented-continuation');
    expect(run.settled.totals).toMatchObject({ created: 1, rejected: 1 });
    await restore('i02-unindented-continuation', /^in/, { brokenLines: true });
    expect(await stored()).toContain('LOCATION: Some place\\nbehind the bridge\\nand not: indented');
  });

  it('an indented event costs no neighbour', async () => {
    const run = await restore('i08-indented-second');
    expect(run.settled.totals).toMatchObject({ created: 2, rejected: 1 });
    const mended = await restore('i08-indented-second', /^in/, { brokenLines: true });
    expect(mended.settled).toMatchObject({ status: 'complete', totals: { created: 1, unchanged: 2 } });
  });
});
