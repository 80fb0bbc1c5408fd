import { MASS_SHARE, SMALL_CALENDAR } from '../../../shared/model/defaults.ts';
import type { SafetyStop } from '../../../shared/model/plan.ts';
import { addressKey } from '../scheduling/addresses.ts';
import type { PlanBasis, PlanInput, PlanStep } from './types.ts';
import { writingSteps } from './rows.ts';
import { formatNumber, plural } from '../../../shared/words/format.ts';

/** Reasons not to run that hold whatever rows are chosen. */
export function inputStops(
  input: PlanInput,
  steps: readonly PlanStep[],
  job: PlanBasis['job'] = 'restore',
): readonly SafetyStop[] {
  const stops: SafetyStop[] = [];
  // An old calendar may be empty; somebody who restores nothing has chosen the wrong file.
  if (input.resources.size === 0 && job !== 'migrate') stops.push(emptySource(input.rejected.length));
  if (input.limits.writable === false) stops.push(READ_ONLY);
  const { refused } = input.capability.identity(input.identity);
  if (refused !== null) stops.push({ code: 'IDENTITY_BLOCKED', message: refused, override: false });
  else if (isForeignAddress(input)) stops.push(foreignAddress(input));
  if (looksLikeAnotherCalendar(input, steps)) stops.push(WRONG_CALENDAR);
  return stops;
}

/** Reasons not to run that depend on what will be written. */
export function writeStops(basis: PlanBasis, steps: readonly PlanStep[]): readonly SafetyStop[] {
  const stops: SafetyStop[] = [];
  const writes = writingSteps(steps);
  const overwritten = writes.filter(({ row }) => row.action === 'update').length;
  if (basis.job === 'restore' && overwritten >= SMALL_CALENDAR && overwritten > basis.targetSize * MASS_SHARE) {
    stops.push(massOverwrite(overwritten, basis.targetSize));
  }
  const deleted = writes.filter(({ row }) => row.action === 'delete' && row.bin === undefined).length;
  // A final pass deletes what the old side does not have any more, and an old side may fail to say all that it has.
  const share = basis.maxShare ?? (basis.job === 'migrate' ? MASS_SHARE : 1);
  if (basis.targetSize > SMALL_CALENDAR && deleted > basis.targetSize * share) {
    stops.push(massDelete(deleted, basis.targetSize));
  }
  const octets = writes.reduce((sum, step) => sum + step.bytes, 0);
  if (basis.quotaAvailable !== null && octets > basis.quotaAvailable) stops.push(quota(octets, basis.quotaAvailable));
  return stops;
}

/** The stop that no consent lifts, or undefined. */
export function finalStop(stops: readonly SafetyStop[]): SafetyStop | undefined {
  return stops.find((stop) => !stop.override);
}

/** A fixed address that the calendar's owner is not known by: the server would refuse it, or worse, not check it. */
function isForeignAddress({ identity, ownerAddresses, capability }: PlanInput): boolean {
  if (identity.kind !== 'fixed' || ownerAddresses.length === 0 || !capability.identity(identity).sent) return false;
  const wanted = addressKey(identity.address);
  return !ownerAddresses.some((address) => addressKey(address) === wanted);
}

function foreignAddress({ identity, ownerAddresses }: PlanInput): SafetyStop {
  const address = identity.kind === 'fixed' ? identity.address : '';
  // Paths of principals stand among them; nobody would type one.
  const named = ownerAddresses.filter((one) => !one.startsWith('/')).map((one) => one.replace(/^mailto:/i, ''));
  const known = (named.length === 0 ? ownerAddresses : named).join(', ');
  const message = `${address.replace(/^mailto:/i, '')} is not an address of this calendar's owner, who is known as ${known}. Choose one of these.`;
  return { code: 'ADDRESS_NOT_OWNED', message, override: false };
}

function looksLikeAnotherCalendar({ resources, target }: PlanInput, steps: readonly PlanStep[]): boolean {
  if (resources.size < SMALL_CALENDAR || target.size < SMALL_CALENDAR) return false;
  return !steps.some(({ row, beside }) => beside !== undefined || target.has(row.uid));
}

function emptySource(rejected: number): SafetyStop {
  const why = rejected === 0 ? 'nothing was found in it' : 'nothing in it could be read';
  return {
    code: 'EMPTY_SOURCE',
    message: `There is nothing to restore: ${why}. Choose other files.`,
    override: false,
  };
}

const READ_ONLY: SafetyStop = {
  code: 'READ_ONLY',
  message: 'This calendar is read-only for this user. Choose another calendar, or ask for the right to write.',
  override: false,
};

const WRONG_CALENDAR: SafetyStop = {
  code: 'WRONG_CALENDAR',
  message: 'This backup and this calendar share no events. Is it the right calendar?',
  override: true,
};

function massOverwrite(overwritten: number, of: number): SafetyStop {
  return {
    code: 'MASS_OVERWRITE',
    message: `${formatNumber(overwritten)} of the ${plural(of, 'event')} in the calendar would be replaced. Their originals are kept for an undo.`,
    override: true,
  };
}

function massDelete(deleted: number, of: number): SafetyStop {
  return {
    code: 'MASS_DELETE',
    message: `${formatNumber(deleted)} of the ${plural(of, 'event')} in the calendar would be deleted. Their originals are kept for an undo.`,
    override: true,
  };
}

function quota(octets: number, available: number): SafetyStop {
  return {
    code: 'QUOTA',
    message: `The backup needs about ${formatNumber(octets)} octets, and the server says that ${formatNumber(available)} are free.`,
    override: true,
  };
}
