import type { RestoreSpec } from '../../../shared/model/job.ts';
import { UsageError } from './args.ts';

export const REWRITE_USAGE = '[--rewrite email-alarms|domain:OLD=NEW…]';

const DOMAIN = /^domain:([^\s@=:;,"]+)=([^\s@=:;,"]+)$/;

/** Consented changes of the events themselves: `email-alarms`, or `domain:old.example=new.example`. Throws UsageError. */
export function readRewrites(words: readonly string[]): Pick<RestoreSpec, 'rewrites'> {
  if (words.length === 0) return {};
  const domains = words.flatMap((word) => (word === 'email-alarms' ? [] : [domainsOf(word)]));
  const twice = domains.find(({ from }, at) => domains.findIndex((other) => other.from === from) !== at);
  if (twice !== undefined) throw new UsageError(`--rewrite names the domain "${twice.from}" more than once.`);
  return {
    rewrites: {
      ...(words.includes('email-alarms') ? { emailAlarms: true } : {}),
      ...(domains.length === 0 ? {} : { domains }),
    },
  };
}

function domainsOf(word: string): { readonly from: string; readonly to: string } {
  const [, from, to] = DOMAIN.exec(word) ?? [];
  if (from === undefined || to === undefined) {
    throw new UsageError(`--rewrite takes email-alarms, or domain:old.example=new.example, not "${word}".`);
  }
  return { from: from.toLowerCase(), to: to.toLowerCase() };
}
