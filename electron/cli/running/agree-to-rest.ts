import type { ParsedArgs } from '../options/args.ts';
import { EXIT, type CliIo } from '../io.ts';
import { agree, otherPlan, type Agreement } from './agree.ts';

/** What is left of a run or a batch. */
export interface Rest {
  /** Of the plan that it was begun with. */
  readonly hash: string;
  /** Messages that are still to be sent. */
  readonly messages: number;
  /** Nothing is left to do. */
  readonly done: boolean;
}

/** Holds the consent of a `resume` against what is left; where it is none, with the exit code. */
export async function agreeToRest(
  { consent, flag }: Pick<ParsedArgs, 'consent' | 'flag'>,
  { hash, messages, done }: Rest,
  io: CliIo,
): Promise<Extract<Agreement, { typedMessages: number }> | { readonly why: string; readonly code: number }> {
  const other = otherPlan(consent, hash);
  if (other !== null) return { why: other, code: EXIT.nothingWritten };
  const dryRun = flag('dry-run');
  const code = dryRun ? EXIT.done : EXIT.nothingWritten;
  if (done && (dryRun || consent.kind === 'no'))
    return { why: 'Nothing was written: nothing of this run is left to do.', code };
  const agreed = await agree(dryRun ? { kind: 'no' } : consent, { hash, messages, people: null }, io, 'run');
  return 'why' in agreed ? { ...agreed, code } : agreed;
}
