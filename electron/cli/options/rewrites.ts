import type { RestoreSpec } from '../../../shared/model/job.ts';
import { REWRITE_OFFERS, type RewriteOffer } from '../../../shared/model/rewrites.ts';
import { UsageError } from './args.ts';

export const REWRITE_USAGE = `[--rewrite ${REWRITE_OFFERS.map(({ word }) => word).join('|')}|domain:OLD=NEW…]`;

const DOMAIN = /^domain:([^\s@=:;,"]+)=([^\s@=:;,"]+)$/;

/** Consented changes of the events themselves: a word of `REWRITE_OFFERS`, or `domain:old.example=new.example`. Throws UsageError. */
export function readRewrites(words: readonly string[]): Pick<RestoreSpec, 'rewrites'> {
  if (words.length === 0) return {};
  const domains = words.flatMap((word) => (offered(word) === undefined ? [domainsOf(word)] : []));
  const twice = domains.find(({ from }, at) => domains.findIndex((other) => other.from === from) !== at);
  if (twice !== undefined) throw new UsageError(`--rewrite names the domain "${twice.from}" more than once.`);
  const wanted = words.flatMap((word) => offered(word)?.key ?? []);
  return {
    rewrites: {
      ...Object.fromEntries(wanted.map((key) => [key, true])),
      ...(domains.length === 0 ? {} : { domains }),
    },
  };
}

function offered(word: string): RewriteOffer | undefined {
  return REWRITE_OFFERS.find((one) => one.word === word);
}

function domainsOf(word: string): { readonly from: string; readonly to: string } {
  const [, from, to] = DOMAIN.exec(word) ?? [];
  if (from === undefined || to === undefined) {
    const known = REWRITE_OFFERS.map((one) => one.word).join(', ');
    throw new UsageError(`--rewrite takes ${known}, or domain:old.example=new.example, not "${word}".`);
  }
  return { from: from.toLowerCase(), to: to.toLowerCase() };
}
