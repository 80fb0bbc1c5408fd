import type { BatchHandle } from '../../engine/engine.ts';
import type { BatchEvent, BatchEventOf, BatchMember } from '../../../shared/model/batch/batch.ts';
import { countWritten, TROUBLE } from '../../../shared/model/outcome.ts';
import { noneWord } from '../output/batch-text.ts';
import { exitCodeOf, STATUS_WORDS, totalsText } from './follow.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { oneLine, rowText } from '../output/plan-text.ts';
import { jsonLine } from '../output/json-line.ts';

/** Shows a batch until it ends: every event as JSON, or what a person wants to read. Gives the exit code. */
export async function followBatch(batch: BatchHandle, io: CliIo, json: boolean): Promise<number> {
  io.onStop?.(() => {
    tell(io, 'Stopping after the requests under way. The run can be resumed.');
    batch.stop();
  });
  let code: number = EXIT.interrupted;
  const states = new Map<number, BatchMember['state']>();
  for await (const events of batch.events()) {
    const lines = json ? events.map(jsonLine) : events.flatMap((event) => eventText(event, states));
    await print(io, lines.join('\n'));
    for (const event of events) {
      if (event.kind === 'problem') tell(io, problemText(event));
      if (event.kind === 'resting') tell(io, restingText(event));
      if (event.kind !== 'settled') continue;
      code = exitCodeOf(event.status);
      if (!json) tell(io, nextText(event));
    }
  }
  await batch.finished;
  return code;
}

/** What a person reads of an event on standard output; most say nothing. */
function eventText(event: BatchEvent, states: Map<number, BatchMember['state']>): readonly string[] {
  switch (event.kind) {
    case 'member':
      return memberText(event.member, states);
    case 'item':
      return event.outcome !== 'planned' && TROUBLE.includes(event.outcome)
        ? [`${event.outcome.padEnd(9)} ${oneLine(event.mailbox)} ${rowText(event)}`]
        : [];
    case 'settled':
      return [settledText(event)];
    default:
      return [];
  }
}

/** One line per calendar, when it ends. */
function memberText(member: BatchMember, states: Map<number, BatchMember['state']>): readonly string[] {
  const { id, state, mailbox, calendar, totals, problem } = member;
  const before = states.get(id);
  states.set(id, state);
  if (before === state || before === undefined || (state !== 'done' && state !== 'needs-attention')) return [];
  const numbers = totals === null ? '' : ` ${totalsText(totals)}`;
  const why = problem === null ? '' : ` ${oneLine(problem.message)}`;
  return [`${state.padEnd(9)} ${oneLine(mailbox)} "${oneLine(calendar)}":${numbers}${why}`];
}

function settledText({ runId, status, totals, verified, mode }: BatchEventOf<'settled'>): string {
  const written = countWritten(totals);
  return [
    `${STATUS_WORDS[status]} ${totalsText(totals)}.`,
    `Read back and as it should be: ${verified} of ${written}.`,
    `Mode: asked ${mode.asked} → ${mode.effective ?? noneWord(mode.because)}. ${mode.because}`,
    `Run ${runId}`,
  ].join('\n');
}

function problemText({ mailbox, failure }: BatchEventOf<'problem'>): string {
  return mailbox === null ? failure.message : `${oneLine(mailbox)}: ${failure.message}`;
}

function restingText({ until }: BatchEventOf<'resting'>): string {
  return until === null ? 'Resumed.' : `Resting until ${until.slice(0, 16).replace('T', ' ')} UTC.`;
}

/** What can be done next, for a person; `resume` first where there is something left. */
function nextText({ runId, status, totals }: BatchEventOf<'settled'>): string {
  const left = status === 'stopped' || status === 'interrupted';
  const wrote = countWritten(totals) > 0;
  const commands = [
    ...(left ? [`hushcal resume ${runId}`] : []),
    `hushcal report ${runId} --format html`,
    ...(wrote ? [`hushcal undo ${runId}`] : []),
  ];
  return `Next: ${commands.join(', ')}`;
}
