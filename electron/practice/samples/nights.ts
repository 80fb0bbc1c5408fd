import { backupName, backupText, backupSamples } from './backup.ts';
import { clockAt } from './week.ts';
import type { Sample } from './write.ts';

/** Nights for which there is a backup. */
const NIGHTS = 7;

const id = (name: string): string => `${name}@samples.hushcal.example`;

/**
 * A week of backups of alice's calendar, to look for an event in: the project kick-off got another room and another
 * title, and was lost two nights ago; a contract talk was lost and put in again.
 */
export function sampleNights(now: Date): readonly { readonly name: string; readonly text: string }[] {
  const clock = clockAt(now);
  const samples = backupSamples(clock);
  return Array.from({ length: NIGHTS }, (_, ago) => ({
    name: backupName(clock, -ago),
    text: backupText(
      clock,
      samples.flatMap((sample) => asOf(sample, ago)),
    ),
  }));
}

/** How a sample was so many nights ago; empty when it was not there. */
function asOf(sample: Sample, ago: number): readonly Sample[] {
  if (sample.uid === id('kickoff')) {
    if (ago < 2) return [];
    if (ago >= 5) return [{ ...sample, summary: 'Kick-off', location: 'Room Birch' }];
    return ago >= 4 ? [{ ...sample, location: 'Room Birch' }] : [sample];
  }
  if (sample.uid === id('contract') && (ago === 2 || ago === 3)) return [];
  return [sample];
}
