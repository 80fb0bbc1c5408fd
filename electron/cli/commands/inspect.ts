import type { Inspection } from '../../../shared/model/found/inspection.ts';
import { readArgs, UsageError } from '../options/args.ts';
import { EXIT, print, type CliIo } from '../io.ts';
import { resolveSources, withEngine } from '../options/open-engine.ts';
import { rowText, notifiedTable } from '../output/plan-text.ts';
import { progressTo } from '../output/progress.ts';
import { jsonLine } from '../output/json-line.ts';

export const INSPECT_USAGE = 'hushcal inspect SOURCE… [--json]';

/** Findings listed one by one; all are in the JSON. */
const LISTED = 50;

/** Says what is in sources, without any server. Exit code 1 when something in them cannot be used. */
export async function inspectCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, { json: 'flag', runs: 'text' });
  if (args.positionals.length === 0) throw new UsageError('Name at least one file, folder or archive to inspect.');
  return withEngine(args, io, async (engine) => {
    const found = await engine.inspect(resolveSources(args.positionals, io), progressTo(io));
    await print(io, args.flag('json') ? jsonLine(found) : inspectionText(found));
    return found.rejected.length === 0 && found.resources > 0 ? EXIT.done : EXIT.trouble;
  });
}

function inspectionText(found: Inspection): string {
  const kinds = Object.entries(found.byKind).map(([kind, count]) => `${count} ${kind}`);
  const findings = Object.entries(found.findingCounts).sort(([, a], [, b]) => b - a);
  const rejected = found.rejected.length;
  const superseded = found.superseded.length;
  const used = found.components - found.duplicates - superseded - rejected;
  return [
    `Files       ${found.files}, ${found.bytes} octets`,
    `Components  ${found.components} = ${used} used + ${found.duplicates} duplicates + ${superseded} superseded + ${rejected} rejected`,
    `Entries     ${found.resources}: ${kinds.join(', ') || 'none'}; ${found.recurring} recurring, ${found.withGuests} with guests, ${found.past} past`,
    `Dates       ${found.from === null ? 'none' : `${found.from} to ${found.to ?? found.from}`}`,
    '',
    notifiedTable(found.notified, null),
    ...(findings.length === 0
      ? []
      : ['Notes:', ...findings.map(([code, count]) => `  ${String(count).padStart(6)} ${code}`)]),
    ...rejectedText(found),
    ...listText('Superseded by a newer version:', found.superseded),
  ].join('\n');
}

function rejectedText({ rejected, resources }: Inspection): readonly string[] {
  if (rejected.length === 0) return resources === 0 ? ['There is nothing here that could be restored.'] : [];
  return listText('Unreadable:', rejected);
}

function listText(title: string, entries: Inspection['rejected']): readonly string[] {
  if (entries.length === 0) return [];
  const lines = entries.slice(0, LISTED).map((one) => `  ${rowText(one)}`);
  const more = entries.length - lines.length;
  return [title, ...lines, ...(more > 0 ? [`  … and ${more} more; --json lists all.`] : [])];
}
