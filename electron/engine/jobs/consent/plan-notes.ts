import type { RunSpec } from '../../../../shared/model/job.ts';
import type { Behalf } from '../../../../shared/model/login.ts';
import { recognise } from '../../scheduling/recognise.ts';
import { workaroundNote } from '../../scheduling/workaround.ts';
import { actorName } from '../../../../shared/text/display-names.ts';
import type { OpenTarget } from '../target/target.ts';

/** What a person must know of whose calendar this is, and of what was chosen, before anything is written. */
export function planNotes(
  spec: Pick<RunSpec, 'user' | 'behalf' | 'aliases' | 'workaround' | 'mode'>,
  { store, properties, capability, context }: Pick<OpenTarget, 'store' | 'properties' | 'capability' | 'context'>,
): readonly string[] {
  // Where nobody is ever told, no address is missed.
  const schedules = capability.verdict('none', ['create']).assurance !== 'noScheduling';
  const shareNote = recognise(properties.evidence)?.profile.shareNote;
  const unknown = schedules && properties.ownerAddresses.length === 0;
  return [
    ...whoseNotes(spec),
    ...(unknown ? [NO_ADDRESSES] : []),
    ...(properties.shared === true && shareNote !== undefined ? [shareNote] : []),
    ...(schedules && spec.mode === 'external-only' ? insideNote([...context.insideDomains]) : []),
    ...workaroundNote(spec.workaround),
    ...proxyNote(store),
  ];
}

/** By which way the server was reached, where it was not directly. */
export function proxyNote({ proxy }: Pick<OpenTarget['store'], 'proxy'>): readonly string[] {
  return proxy === null ? [] : [`Reached through the proxy ${proxy}.`];
}

const WAY_WORDS: Readonly<Record<Exclude<Behalf['way'], 'own'>, string>> = {
  direct: 'directly',
  'authorize-as': 'by Authorize-As',
  template: 'with a combined login name',
  grant: 'with temporary rights',
};

/** Who acted for whom, and which addresses rest on the word of the administrator; for the plan and the report. */
function whoseNotes({ user, behalf, aliases = [] }: Pick<RunSpec, 'user' | 'behalf' | 'aliases'>): readonly string[] {
  const notes: string[] = [];
  if (behalf !== undefined && behalf.way !== 'own') {
    notes.push(`Logged in as ${actorName({ user, behalf })}, ${WAY_WORDS[behalf.way]}.`);
  }
  if (aliases.length > 0) {
    const named = aliases.map((address) => address.replace(/^mailto:/i, '')).join(', ');
    notes.push(`Counted as the owner's, on the word of the administrator: ${named}.`);
  }
  return notes;
}

/** Who has a calendar here is judged by mail domain; the server judges by its users. */
function insideNote(domains: readonly string[]): readonly string[] {
  if (domains.length === 0) return [];
  return [
    `Everybody with an address in ${domains.join(', ')} counts as having a calendar on this server. ` +
      'Whoever has none is an external guest to the server: they would be notified too, and are not in the numbers.',
  ];
}

const NO_ADDRESSES =
  'The server does not say which addresses the owner of this calendar has, so who would be notified cannot be counted. ' +
  'Add the addresses.';
