import { IconFileImport, IconX } from '@tabler/icons-react';
import { memo, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import type { MappingCell, MappingRowView, SecretState } from '../../../shared/model/mapping-view.ts';
import { useListWindow } from '../../components/useListWindow.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import type { SecretFor } from './SecretDialog.tsx';

/** CSS pixels of a row without a problem. */
const ROW_HEIGHT = 37;

interface MappingGridProps {
  readonly rows: readonly MappingRowView[];
  readonly askSecret: (about: SecretFor) => void;
}

/** The mapping as a grid: one row a mailbox, each cell typed in place, its problem below it in words. */
export function MappingGrid({ rows, askSecret }: MappingGridProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useListWindow(scroller, rows.length, ROW_HEIGHT);
  return (
    <div className="grid">
      <div
        className="grid-scroll"
        ref={scroller}
        role="table"
        aria-label="Mapping"
        aria-rowcount={rows.length + 1}
        tabIndex={0}
        data-testid="mapping"
      >
        <div role="rowgroup" className="grid-top">
          <div role="row" className="grid-head mapping-cells">
            {['Source', 'User', 'Password', 'Calendar', 'On behalf of', 'Notify', ''].map((label) => (
              <span key={label} role="columnheader" className="cell">
                {label === '' ? <span className="visually-hidden">Remove</span> : label}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="grid-rows" style={{ height: list.height }}>
          {list.entries.map(({ index, top }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <div
                key={row.row}
                role="row"
                aria-rowindex={index + 2}
                data-index={index}
                ref={list.measure}
                className="mapping-row"
                style={{ transform: `translateY(${String(top)}px)` }}
                data-testid="mapping-row"
              >
                <Row row={row} askSecret={askSecret} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: MappingRowView;
  readonly askSecret: (about: SecretFor) => void;
}

const Row = memo(function Row({ row, askSecret }: RowProps): JSX.Element {
  const { chooseSource, remove } = useMapping.getState();
  const name = row.user === '' ? 'this row' : row.user;
  return (
    <>
      <div className="mapping-cells">
        <span role="cell" className="cell edit">
          <Cell row={row} cell="source" label={`Source of ${name}`} hint="file, folder or address" />
          <button
            type="button"
            className="icon-button"
            aria-label={`Choose the backup of ${name}`}
            title="Choose a backup…"
            onClick={() => void chooseSource(row.row, 'files')}
          >
            <IconFileImport size={15} aria-hidden />
          </button>
        </span>
        <span role="cell" className="cell edit">
          <Cell row={row} cell="user" label={`User of row ${String(row.row + 1)}`} hint="name on the new server" />
        </span>
        <span role="cell" className="cell">
          <Secrets row={row} askSecret={askSecret} />
        </span>
        <span role="cell" className="cell edit">
          <Cell row={row} cell="calendar" label={`Calendar of ${name}`} hint="its own" />
        </span>
        <span role="cell" className="cell edit">
          <Cell row={row} cell="identity" label={`On behalf of, for ${name}`} hint="each event’s" />
        </span>
        <span role="cell" className="cell edit">
          <Cell row={row} cell="mode" label={`Notify, for ${name}`} hint="as above" />
        </span>
        <span role="cell" className="cell">
          <button
            type="button"
            className="icon-button"
            aria-label={`Remove ${name}`}
            title="Remove the row"
            onClick={() => void remove([row.row])}
          >
            <IconX size={15} aria-hidden />
          </button>
        </span>
      </div>
      {row.problems.length > 0 && (
        <p className="cell-problem" id={`problem-${String(row.row)}`}>
          {row.line > 0 && `Line ${String(row.line)}: `}
          {row.problems.map(({ message }) => message).join(' ')}
        </p>
      )}
    </>
  );
});

interface CellProps {
  readonly row: MappingRowView;
  readonly cell: MappingCell;
  readonly label: string;
  /** What holds when it stays empty. */
  readonly hint: string;
}

/** Typed in place; taken over when it is left or with Enter, given up with Escape. */
function Cell({ row, cell, label, hint }: CellProps): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const value = row[cell];
  const wrong = row.problems.some(({ column }) => column === cell);
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
      className={wrong ? 'cell-input wrong' : 'cell-input'}
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

const SECRET_WORDS: Readonly<Record<SecretState, { readonly label: string; readonly tone: string }>> = {
  known: { label: 'known', tone: 'new' },
  missing: { label: 'needed', tone: 'warn' },
  admin: { label: 'admin’s', tone: 'hush' },
  none: { label: '–', tone: 'same' },
};

function Secrets({ row, askSecret }: RowProps): JSX.Element {
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
  if (state !== 'known' && state !== 'missing') return <span className={`chip ${tone}`}>{words}</span>;
  return (
    <button type="button" className={`chip chip-button ${tone}`} aria-label={`${name}: ${label}`} onClick={ask}>
      {words}
    </button>
  );
}
