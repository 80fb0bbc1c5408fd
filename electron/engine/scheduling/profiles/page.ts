import type { WriteMethod } from '../../../../shared/model/scheduling.ts';
import type { VersionRange } from '../versions.ts';
import { PROFILES } from './all.ts';
import type { Honoured, Proof, ServerProfile } from './profile.ts';

/** What the profiles say, for a reader: docs/servers.md. */
export function serversPage(): string {
  return [
    '# How your server does',
    'Made from the profiles in `electron/engine/scheduling/profiles/` by `node build/servers-page.mjs`, and held against them by a test.',
    'A mode other than _Notify everyone_ runs only where it is known to be kept, for each method on its own. What is not listed here, and every version that is not named, is blocked; a test event (`hushcal canary`) may prove _Notify nobody_ for new and replaced events there.',
    '## In short',
    shortTable(),
    ...PROFILES.map(section),
    '## Any other server',
    'It is unknown, and blocked: a server that does not know a request header ignores it, and may notify everybody. Try a test event; or restore only events without guests; or stop outgoing mail at the mail server while the run lasts, and choose _Notify everyone_. EGroupware, Davis, grommunio, kDAV and Zimbra are among these: nothing that they answer is recorded here.',
    '',
  ].join('\n\n');
}

function shortTable(): string {
  const rows = PROFILES.map(
    (profile) =>
      `| ${profile.name} | ${versionsIn(profile)} | ${METHODS.map(([method]) => mark(profile, method)).join(' | ')} |`,
  );
  return [
    `| server | versions | ${METHODS.map(([, words]) => words).join(' | ')} |`,
    `| --- | --- | ${METHODS.map(() => '---').join(' | ')} |`,
    ...new Set(rows),
  ].join('\n');
}

const METHODS: readonly (readonly [method: WriteMethod, words: string])[] = [
  ['create', 'add'],
  ['update', 'replace'],
  ['delete', 'delete'],
  ['delete-collection', 'delete a calendar'],
];

function mark(profile: ServerProfile, method: WriteMethod): string {
  if (profile.schedules === 'never') return 'notifies nobody';
  if (profile.schedules === 'unless-mail-hook') return 'without mail hook';
  const modes = counting(profile)
    .filter(({ methods }) => methods.includes(method))
    .flatMap(({ modes: kept }) => kept);
  if (modes.length === 0) return '–';
  return modes.includes('external-only') ? 'all modes' : 'silent';
}

/** A row without a version, or with a report alone, opens nothing. */
function counting({ honours }: ServerProfile): readonly Honoured[] {
  return honours.filter(({ versions, proofs }) => versions.length > 0 && proofs.some(({ kind }) => kind !== 'report'));
}

function versionsIn(profile: ServerProfile): string {
  const named = counting(profile).map(({ versions }) => rangeWords(versions));
  const shown = profile.fingerprints.flatMap(({ version }) => (version === undefined ? [] : [version]));
  if (named.length > 0) return [...new Set(named)].join('; ');
  return profile.schedules === 'never' ? shown.join(', ') : 'any';
}

function rangeWords(versions: readonly VersionRange[] | 'recognised'): string {
  if (versions === 'recognised') return 'those that are recognised';
  return versions
    .map(({ from, before }) => (before === undefined ? `from ${from}` : `from ${from}, before ${before}`))
    .join('; ');
}

function section(profile: ServerProfile): string {
  const { hides, shareNote, delivers, trash, calendarLimits, instead, looked = [], recognisedBy = [] } = profile;
  const shown = profile.fingerprints.flatMap(({ version }) => (version === undefined ? [] : [version]));
  const suffix = profile.schedules === 'never' ? ` ${shown.join(', ')}` : '';
  const lines = [
    ...counting(profile).map(
      (row) =>
        `- **${row.modes.join(', ')}** when it is asked to ${row.methods.map(wordsOf).join(', ')}, ${rangeWords(row.versions)}` +
        `${row.by === null ? '' : `, by \`${row.by}\``}. ${row.evidence} ${row.sideEffect ?? ''}`.trimEnd() +
        ` How we know: ${row.proofs.map(proofWords).join('; ')}.`,
    ),
    ...(profile.schedules === 'never' ? ['- It does no scheduling: nobody is notified, whatever the mode.'] : []),
    ...(profile.schedules === 'unless-mail-hook'
      ? ['- It is silent unless its mail hook is on, which cannot be seen from outside (`--assume no-mail-hook`).']
      : []),
    ...(counting(profile).length === 0 && profile.schedules === 'always'
      ? ['- No request is known that keeps it quiet, so every mode but _Notify everyone_ is blocked.']
      : []),
    ...(looked.length === 0 ? [] : [`- Looked at: ${looked.map(proofWords).join('; ')}.`]),
    ...(recognisedBy.length === 0 ? [] : [`- Recognised by: ${recognisedBy.map(proofWords).join('; ')}.`]),
    ...[delivers?.leavesOut, delivers?.takenOff].flatMap((words) => (words === undefined ? [] : [`- ${words}`])),
    ...(trash === undefined ? [] : [`- Its trash bin keeps the UID of what was deleted: ${trashWords(trash)}.`]),
    ...(calendarLimits === undefined
      ? []
      : [`- It makes ${calendarLimits.perHour} calendars in an hour for a user, and ${calendarLimits.inAll} in all.`]),
    ...[hides, shareNote].flatMap((note) => (note === undefined ? [] : [`- ${note}`])),
    ...instead.map((advice) => `- Else: ${advice}`),
  ];
  return `## ${profile.name}${suffix}\n\n${lines.join('\n')}`;
}

function trashWords({ refuses, drops, purges = [], restores }: NonNullable<ServerProfile['trash']>): string {
  const words = [
    `refused ${rangeWords(refuses)}`,
    `taken, and the deleted one may go, ${rangeWords(drops)}`,
    ...(purges.length === 0
      ? []
      : [`${rangeWords(purges)} the deleted one is saved and removed without a message first`]),
    ...(restores === undefined
      ? []
      : [
          `it is restored from the trash bin without a message ${rangeWords(restores.versions)} (${restores.proofs.map(proofWords).join('; ')})`,
        ]),
    ...(purges.length + (restores?.versions.length ?? 0) === 0
      ? []
      : ['deleting it there by another CalDAV program cancels it for all guests']),
  ];
  return words.join('; ');
}

function wordsOf(method: WriteMethod): string {
  return METHODS.find(([one]) => one === method)?.[1] ?? 'describe a calendar';
}

function proofWords(proof: Proof): string {
  switch (proof.kind) {
    case 'run':
      return `run against ${proof.product} ${proof.version}, ${proof.date}`;
    case 'source':
      return `source of ${proof.repository} (${proof.commit}), \`${proof.file}\``;
    case 'report':
      return `report: ${proof.where}`;
  }
}
