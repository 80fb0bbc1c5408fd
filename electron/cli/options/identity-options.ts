import { IDENTITY } from '../../../shared/model/defaults.ts';
import type { RestoreSpec } from '../../../shared/model/job.ts';
import type { IdentityChoice } from '../../../shared/model/scheduling.ts';
import { checkAddress } from '../../../shared/model/scheduling-checks.ts';
import { UsageError, type OptionKinds, type ParsedArgs } from './args.ts';

/** As whom is written, and who counts as whom. */
export const IDENTITY_OPTIONS = {
  as: 'text',
  alias: 'list',
  'inside-domain': 'list',
} as const satisfies OptionKinds;
export const IDENTITY_USAGE = '[--as server|match|mailto:…] [--alias mailto:…] [--inside-domain DOMAIN]';

/** Throws UsageError, and HushError for what is no address. */
export function readIdentityOptions(args: ParsedArgs): Pick<RestoreSpec, 'identity' | 'aliases' | 'insideDomains'> {
  const aliases = args.list('alias').map(checkAddress);
  const insideDomains = args.list('inside-domain').map(domain);
  return {
    identity: identityOf(args.text('as')),
    ...(aliases.length === 0 ? {} : { aliases: [...new Set(aliases)] }),
    ...(insideDomains.length === 0 ? {} : { insideDomains: [...new Set(insideDomains)] }),
  };
}

/** `--as`, and what holds without it. Throws HushError for what is no address. */
function identityOf(text: string | undefined): IdentityChoice {
  if (text === undefined) return IDENTITY;
  if (text === 'server' || text === 'match') return { kind: text };
  return { kind: 'fixed', address: checkAddress(text) };
}

function domain(text: string): string {
  const name = text.trim().replace(/^@/, '').toLowerCase();
  if (/^[^\s@,;:/]+$/.test(name)) return name;
  throw new UsageError(`--inside-domain takes a mail domain such as example.org, not "${text}".`);
}
