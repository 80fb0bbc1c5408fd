import { useState, type JSX, type KeyboardEvent, type ReactNode } from 'react';
import type { MappingCell, MappingRowView, SecretState } from '../../../shared/model/batch/mapping-view.ts';
import { STANDARD_MODES } from '../../../shared/model/scheduling.ts';
import { Chip } from '../../components/Chip.tsx';
import { classes } from '../../components/classes.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { MODE_WORDS, type Tone } from '../../words/modes.ts';
import type { SecretFor } from './SecretDialog.tsx';
import fields from '../../components/fields.module.css';
import chip from '../../components/chip.module.css';
import styles from './migrate.module.css';

/* The cells of the mapping, each typed or chosen in place. */

interface RowProps {
  readonly row: MappingRowView;
  readonly askSecret: (about: SecretFor) => void;
}

/** What is wrong with a row, or what it still needs, in words. */
export function Problem({ row }: Pick<RowProps, 'row'>): JSX.Element {
  return (
    <p className={classes(fields.cellProblem, isNew(row) && 'dim')} id={`problem-${String(row.row)}`}>
      {row.line > 0 && `Line ${String(row.line)}: `}
      {row.problems.map(({ message }) => message).join(' ')}
    </p>
  );
}

interface IconCellProps {
  readonly label: string;
  readonly title: string;
  readonly run: () => void;
  readonly children: ReactNode;
}

export function IconCell({ label, title, run, children }: IconCellProps): JSX.Element {
  return (
    <button
      type="button"
      className={fields.iconButton}
      aria-label={label}
      title={title}
      onClick={(event) => {
        event.stopPropagation();
        run();
      }}
    >
      {children}
    </button>
  );
}

/** Nothing was typed into it yet: what it still needs is no mistake. */
function isNew({ source, user, calendar, identity, mode }: MappingRowView): boolean {
  return [source, user, calendar, identity, mode].every((text) => text === '');
}

/** Its own answer, where it is another than that of the whole mapping. */
export function Mode({ row, label }: { readonly row: MappingRowView; readonly label: string }): JSX.Element {
  const { mode } = row;
  const wrong = row.problems.some(({ column }) => column === 'mode');
  return (
    <select
      className={classes(fields.cellInput, wrong && fields.wrong)}
      aria-label={label}
      aria-invalid={wrong}
      aria-describedby={wrong ? `problem-${String(row.row)}` : undefined}
      value={mode}
      onChange={(event) => void useMapping.getState().edit(row.row, 'mode', event.currentTarget.value)}
    >
      <option value="">as above</option>
      {STANDARD_MODES.map((one) => (
        <option key={one} value={one}>
          {MODE_WORDS[one].title}
        </option>
      ))}
      {mode !== '' && !STANDARD_MODES.some((one) => one === mode) && <option value={mode}>{mode}</option>}
    </select>
  );
}

interface CellProps {
  readonly row: MappingRowView;
  readonly cell: MappingCell;
  readonly label: string;
  /** What holds when it stays empty. */
  readonly hint: string;
}

/** Typed in place; taken over when it is left or with Enter, given up with Escape. */
export function Cell({ row, cell, label, hint }: CellProps): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const value = row[cell];
  const wrong = !isNew(row) && row.problems.some(({ column }) => column === cell);
  const take = (): void => {
    if (typed !== null && typed.trim() !== value) void useMapping.getState().edit(row.row, cell, typed.trim());
    setTyped(null);
  };
  const key = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key === 'Escape') setTyped(null);
  };
  return (
    <input
      className={classes(fields.cellInput, wrong && fields.wrong)}
      aria-label={label}
      aria-invalid={wrong}
      aria-describedby={wrong ? `problem-${String(row.row)}` : undefined}
      placeholder={hint}
      title={value === '' ? undefined : value}
      spellCheck={false}
      value={typed ?? value}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
      }}
      onBlur={take}
      onKeyDown={key}
    />
  );
}

const SECRET_WORDS: Readonly<Record<SecretState, { readonly label: string; readonly tone: Tone }>> = {
  known: { label: 'known', tone: 'new' },
  missing: { label: 'needed', tone: 'warn' },
  admin: { label: 'admin’s', tone: 'hush' },
  none: { label: '–', tone: 'same' },
};

export function Secrets({ row, askSecret }: RowProps): JSX.Element {
  return (
    <>
      <Secret
        state={row.secret}
        name={`Password of ${row.user}`}
        ask={() => {
          askSecret({ side: 'target', user: row.user });
        }}
      />
      {row.sourceSecret !== 'none' && (
        <Secret
          state={row.sourceSecret}
          old
          name={`Password of ${row.sourceUser || row.user} on the old server`}
          ask={() => {
            askSecret({ side: 'source', user: row.sourceUser || row.user });
          }}
        />
      )}
    </>
  );
}

interface SecretProps {
  readonly state: SecretState;
  readonly old?: boolean;
  readonly name: string;
  readonly ask: () => void;
}

function Secret({ state, old = false, name, ask }: SecretProps): JSX.Element {
  const { label, tone } = SECRET_WORDS[state];
  const words = old ? 'old' : label;
  if (state !== 'known' && state !== 'missing') return <Chip tone={tone}>{words}</Chip>;
  return (
    <button
      type="button"
      className={classes(styles.chipButton, chip.chip, tone !== 'same' && chip[tone])}
      aria-label={`${name}: ${label}`}
      onClick={ask}
    >
      {words}
    </button>
  );
}
