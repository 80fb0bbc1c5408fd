import type { JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { Chip } from '../../../components/Chip.tsx';
import { Explain } from '../../../components/Explain.tsx';
import { useChosenAccount } from '../../../stores/job/account.ts';
import { useDraft } from '../../../stores/job/draft.ts';
import { useFlow } from '../../../stores/job/flow.ts';
import { useRows } from '../../../stores/job/rows.ts';
import { plural, shortAddress } from '../../../words/format.ts';
import { Aliases } from './Aliases.tsx';
import { Choice } from './Choice.tsx';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import fields from '../../../components/fields.module.css';
import styles from './decide.module.css';

const NO_ADDRESSES: readonly string[] = [];

/** In whose name each event is written. */
export function IdentityCard({ summary }: { readonly summary: PlanSummary | null }): JSX.Element {
  const { identity, change, aliases } = useDraft();
  const all = useChosenAccount()?.addresses ?? NO_ADDRESSES;
  // Servers list paths of principals too; as whom an event is written is a name that people know.
  const addresses = [...all.filter((address) => !address.startsWith('/')), ...aliases];
  const first = addresses[0];
  return (
    <fieldset className={classes(parts.card, parts.padded)}>
      <legend className={fields.float}>
        On behalf of{' '}
        <Explain
          term="On behalf of"
          means="The address that an event is written for. It decides whether the server sees the organizer or a guest at work."
        />
      </legend>
      <Aliases />
      <div className={fields.clear}>
        <Choice
          name="identity"
          label="Address from each event"
          hint="the one that it carries"
          checked={identity.kind === 'match'}
          choose={() => {
            change({ identity: { kind: 'match' } });
          }}
        />
        <Choice
          name="identity"
          label={first !== undefined && addresses.length === 1 ? `Always ${shortAddress(first)}` : 'Always'}
          {...(first === undefined ? { hint: 'the server names no address of this user' } : {})}
          checked={identity.kind === 'fixed'}
          disabled={first === undefined}
          choose={() => {
            if (first !== undefined) change({ identity: { kind: 'fixed', address: first } });
          }}
        >
          {addresses.length > 1 && (
            <select
              className={fields.select}
              aria-label="Address to write on behalf of"
              value={identity.kind === 'fixed' ? identity.address : first}
              onChange={(event) => {
                change({ identity: { kind: 'fixed', address: event.currentTarget.value } });
              }}
            >
              {addresses.map((address) => (
                <option key={address} value={address}>
                  {shortAddress(address)}
                </option>
              ))}
            </select>
          )}
        </Choice>
        <Choice
          name="identity"
          label="Let the server decide"
          hint="no address is sent"
          checked={identity.kind === 'server'}
          choose={() => {
            change({ identity: { kind: 'server' } });
          }}
        />
        <Unclear summary={summary} />
      </div>
    </fieldset>
  );
}

function Unclear({ summary }: { readonly summary: PlanSummary | null }): JSX.Element | null {
  const go = useFlow((state) => state.go);
  const unclear = summary === null ? 0 : summary.ambiguous + summary.strangers;
  if (unclear === 0) return null;
  return (
    <div className={classes('row wrap', styles.unclearLine)}>
      <Chip tone="warn">
        {plural(unclear, 'event')} {unclear === 1 ? 'matches' : 'match'} no address, or more than one
      </Chip>
      {summary?.verdict.effective !== null && (
        <button
          type="button"
          className={parts.link}
          onClick={() => {
            go('review');
            useRows.getState().begin({ attention: 'identity' });
          }}
        >
          Show them
        </button>
      )}
    </div>
  );
}
