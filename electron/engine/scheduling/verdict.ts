import { ASSURANCES, type StandardMode, type WriteMethod } from '../../../shared/model/scheduling.ts';
import { unannounced } from './blocked-words.ts';
import { honouredBy, whoIs, type Evidence, type Step } from './evidence.ts';

export function judgeMethod(mode: StandardMode, method: WriteMethod, evidence: Evidence): Step {
  return (
    judgeDisproved(mode, method, evidence) ??
    judgeAdvertised(mode, method, evidence) ??
    judgeKnown(mode, method, evidence) ??
    judgeProved(mode, method, evidence) ??
    judgeSilent(mode, evidence) ??
    judgePlain(mode, evidence) ?? { assurance: 'blocked', because: unannounced(mode, method, evidence), evidence: [] }
  );
}

/** The weakest method decides. */
export function weakest(steps: readonly Step[]): Step {
  const [first, ...rest] = steps;
  if (first === undefined) throw new Error('a verdict is about at least one method');
  const order = (step: Step): number => ASSURANCES.indexOf(step.assurance);
  const found = rest.reduce((low, step) => (order(step) > order(low) ? step : low), first);
  return { ...found, evidence: [...new Set(steps.flatMap(({ evidence }) => evidence))] };
}

/** What a test event showed counts more than what a server announces or is known for. */
function judgeDisproved(mode: StandardMode, method: WriteMethod, { proof, known }: Evidence): Step | null {
  if (mode === 'all' || proof?.control !== true) return null;
  // A delete leaves nothing to read: where an update was told about, it is not trusted either.
  if (proof.create && (proof.update || method === 'create' || method === 'proppatch')) return null;
  const because = `${known?.product ?? 'This server'} notified people about a test event on ${proof.at.slice(0, 10)} although it was asked not to.`;
  return { assurance: 'blocked', because, evidence: proof.seen };
}

function judgeAdvertised(mode: StandardMode, method: WriteMethod, evidence: Evidence): Step | null {
  if (!evidence.advertised) return null;
  const who = whoIs(evidence);
  if (mode !== 'all' && method === 'delete-collection' && honouredBy(mode, method, evidence) === null) {
    return {
      assurance: 'blocked',
      because: `${who} is not known to stay quiet when a whole calendar is deleted at once.`,
      evidence: [],
    };
  }
  return { assurance: 'advertised', because: `${who} advertises scheduling-controls for this calendar.`, evidence: [] };
}

function judgeKnown(mode: StandardMode, method: WriteMethod, evidence: Evidence): Step | null {
  const row = honouredBy(mode, method, evidence);
  if (row === null) return null;
  const because =
    row.by === null
      ? `This is ${whoIs(evidence)}, which notifies nobody about that.`
      : `This is ${whoIs(evidence)}, which honours ${row.by.includes(':') ? row.by : `${row.by}: ${mode}`}.`;
  return {
    assurance: 'known',
    because: row.sideEffect === undefined ? because : `${because} ${row.sideEffect}`,
    evidence: [row.evidence],
  };
}

/** A canary proves `none` on what it tried: a delete leaves nothing that could be read. */
function judgeProved(mode: StandardMode, method: WriteMethod, { proof, known }: Evidence): Step | null {
  if (mode !== 'none' || proof?.control !== true) return null;
  const held =
    method === 'update' ? proof.update : method === 'delete' || method === 'delete-collection' ? false : proof.create;
  if (!held) return null;
  const who = known?.product ?? 'This server';
  return {
    assurance: 'proved',
    because: `${who} kept quiet about a test event on ${proof.at.slice(0, 10)}, and marked the one that was sent openly.`,
    evidence: proof.seen,
  };
}

function judgeSilent(mode: StandardMode, evidence: Evidence): Step | null {
  if (!evidence.silent) return null;
  const who = whoIs(evidence);
  if (mode === 'external-only') {
    const because = `${who} sends no messages to anybody, so it cannot notify external guests.`;
    return { assurance: 'blocked', because, evidence: [] };
  }
  const because =
    mode === 'none'
      ? `${who} does no scheduling at all: nobody will be notified.`
      : `${who} does no scheduling at all: nobody will be notified, and no other calendar changes, although you asked for that.`;
  return { assurance: 'noScheduling', because, evidence: [] };
}

function judgePlain(mode: StandardMode, evidence: Evidence): Step | null {
  if (mode !== 'all') return null;
  const because =
    evidence.known?.profile.schedules === 'unless-mail-hook'
      ? `${whoIs(evidence)} sends nothing by itself; if its mail hook is on, it mails everyone who takes part.`
      : `${whoIs(evidence)} does what it always does: it notifies whoever takes part.`;
  return { assurance: 'plain', because, evidence: [] };
}
