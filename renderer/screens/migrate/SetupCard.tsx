import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { MappingSetup } from '../../../shared/model/batch/mapping-view.ts';
import { REWRITE_OFFERS } from '../../../shared/model/rewrites.ts';
import { MODE_TITLES } from '../../../shared/words/modes.ts';
import { Explain } from '../../components/Explain.tsx';
import { useMapping } from '../../stores/batch/mapping.ts';
import { LimitsDialog } from '../batch/LimitsDialog.tsx';
import { WayPicker } from '../batch/WayPicker.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import setupStyles from '../../components/setup.module.css';
import fields from '../../components/fields.module.css';
import styles from './migrate.module.css';

const MODES = [
  { id: 'auto', label: 'Nobody; colleagues’ calendars stay in step' },
  { id: 'none', label: MODE_TITLES.none },
  { id: 'internal-only', label: MODE_TITLES['internal-only'] },
] as const;

/** What holds for every row: to which server, from which, who hears, and how it goes on. */
export function SetupCard({ setup }: { readonly setup: MappingSetup }): JSX.Element {
  const change = useMapping((state) => state.change);
  const [limits, setLimits] = useState(false);
  return (
    <section className={classes(setupStyles.setup, parts.card)} aria-label="Servers and rules">
      <WayPicker label="New server" way={setup.target} none={null} onChange={(target) => void change({ target })} />
      <WayPicker
        label="Old server"
        way={setup.source}
        none="none, from files"
        onChange={(source) => void change({ source })}
      />
      <div className={setupStyles.setupLine}>
        <label className={setupStyles.setupName} htmlFor="setup-mode">
          Notify{' '}
          <Explain
            term="Notify"
            means="Step 1 of a migration copies without messages to anyone. Where organizer and guest both move, nobody is notified at all; where a colleague does not move, the calendar of that colleague stays in step, without a message. External guests are notified later, in step 2, when you choose."
          />
        </label>
        <select
          id="setup-mode"
          className={classes(fields.select, fields.flat)}
          value={setup.mode}
          onChange={(event) => {
            const mode = MODES.find(({ id }) => id === event.currentTarget.value)?.id;
            if (mode !== undefined) void change({ mode });
          }}
        >
          {MODES.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        <span className="grow" />
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            setLimits(true);
          }}
        >
          Limits…
        </Button>
      </div>
      <div className={setupStyles.setupLine}>
        <label className={setupStyles.setupName} htmlFor="setup-inside">
          Inside
          <Explain
            term="Inside"
            means="Mail domains whose people have their calendars on the target server. Everybody else is external and is not notified before step 2."
          />
        </label>
        <DomainsField setup={setup} />
        <RewriteFields setup={setup} />
      </div>
      <ChangeFields setup={setup} />
      {limits && (
        <LimitsDialog
          limits={setup.limits}
          onClose={() => {
            setLimits(false);
          }}
          onSave={(next) => {
            setLimits(false);
            void change({ limits: next });
          }}
        />
      )}
    </section>
  );
}

function DomainsField({ setup }: { readonly setup: MappingSetup }): JSX.Element {
  const change = useMapping((state) => state.change);
  const known = setup.insideDomains.join(', ');
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      id="setup-inside"
      className={classes(fields.cellInput, fields.framed)}
      placeholder="as the server says"
      spellCheck={false}
      value={typed ?? known}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
      }}
      onBlur={() => {
        const insideDomains = domainsIn(typed ?? known);
        if (insideDomains.join(', ') !== known) void change({ insideDomains });
        setTyped(null);
      }}
    />
  );
}

/** The domain of organizers and guests changes: listed per event as a repair, and consented to with the plan. */
function RewriteFields({ setup }: { readonly setup: MappingSetup }): JSX.Element {
  const change = useMapping((state) => state.change);
  const [first] = setup.domains;
  const [from, setFrom] = useState(first?.from ?? '');
  const [to, setTo] = useState(first?.to ?? '');
  const take = (): void => {
    const [a = ''] = domainsIn(from);
    const [b = ''] = domainsIn(to);
    const domains = a !== '' && b !== '' && a !== b ? [{ from: a, to: b }] : [];
    if (JSON.stringify(domains) !== JSON.stringify(setup.domains)) void change({ domains });
  };
  return (
    <span className={classes(styles.rewrite, 'row')}>
      <span className="dim nowrap">
        Replace mail domain
        <Explain
          term="Replaced mail domain"
          means="When people get new addresses with the move: organizers and guests of the old domain get the new one, in every event. It changes the events themselves, so each one lists it before you agree."
        />
      </span>
      <input
        className={classes(fields.cellInput, fields.framed)}
        aria-label="Old mail domain"
        placeholder="old.example"
        spellCheck={false}
        value={from}
        onChange={(event) => {
          setFrom(event.currentTarget.value);
        }}
        onBlur={take}
      />
      <span className="dim">with</span>
      <input
        className={classes(fields.cellInput, fields.framed)}
        aria-label="New mail domain"
        placeholder="no change"
        spellCheck={false}
        value={to}
        onChange={(event) => {
          setTo(event.currentTarget.value);
        }}
        onBlur={take}
      />
    </span>
  );
}

/** The other changes of the events: each is listed with its event, and consented to with the plan. */
function ChangeFields({ setup }: { readonly setup: MappingSetup }): JSX.Element {
  const change = useMapping((state) => state.change);
  return (
    <div className={setupStyles.setupLine} role="group" aria-labelledby="setup-changes">
      <span className={setupStyles.setupName} id="setup-changes">
        Change
      </span>
      <div className={setupStyles.setupOffers}>
        {REWRITE_OFFERS.map(({ key, label }) => (
          <label className="row" key={key}>
            <input
              type="checkbox"
              checked={setup.rewrites.includes(key)}
              onChange={(event) => {
                const others = setup.rewrites.filter((one) => one !== key);
                void change({ rewrites: event.currentTarget.checked ? [...others, key] : others });
              }}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </div>
  );
}

function domainsIn(text: string): string[] {
  const words = text.toLowerCase().split(/[\s,;]+/);
  return [...new Set(words.map((word) => word.replace(/^@/, '')))].filter((word) => word !== '');
}
