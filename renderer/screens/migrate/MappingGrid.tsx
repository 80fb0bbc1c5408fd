import { useCallback, useMemo, useState, type JSX } from 'react';
import { IconFileImport, IconSearchOff, IconX } from '@tabler/icons-react';
import type { MappingRowView } from '../../../shared/model/batch/mapping-view.ts';
import { copyText } from '../../bridge/copy-text.ts';
import { FilterField, SEARCHED_FROM } from '../../components/FilterField.tsx';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { nextSort, type ListColumn } from '../../components/list/columns.ts';
import { DesktopList } from '../../components/list/DesktopList.tsx';
import type { MenuEntry } from '../../components/list/RowMenu.tsx';
import { begun, copies } from '../../components/list/useListMenu.tsx';
import { useMarking } from '../../components/list/useMarking.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { holds } from '../../stores/job/spans.ts';
import { plural } from '../../words/format.ts';
import { Cell, IconCell, Mode, Problem, Secrets } from './MappingCells.tsx';
import { arrange, arrangedRows, MAPPING_COLUMNS, type Arranged } from './mapping-order.ts';
import type { SecretFor } from './SecretDialog.tsx';
import { classes } from '../../components/classes.ts';
import grid from '../../components/list/grid.module.css';
import frame from '../../components/frame/frame.module.css';
import styles from './mapping.module.css';

/** CSS pixels of a row without a problem. */
const ROW_HEIGHT = 37;

interface MappingGridProps {
  readonly rows: readonly MappingRowView[];
  readonly askSecret: (about: SecretFor) => void;
}

/** The mapping as a list: one row a mailbox, each cell typed in place, its problem below it in words. */
export function MappingGrid({ rows: all, askSecret }: MappingGridProps): JSX.Element {
  const [arranged, setArranged] = useState<Arranged | null>(null);
  const rows = useMemo(() => arrangedRows(all, arranged), [all, arranged]);
  const columns = useMemo(() => columnsOf(askSecret), [askSecret]);
  const { marking, mark, markAll, forget } = useMarking(rows.length);
  const at = useCallback((index: number): MappingRowView | undefined => rows[index], [rows]);
  const show = (next: Arranged | null): void => {
    forget();
    setArranged(next);
  };
  return (
    <div className={classes(frame.gridFrame, frame.fill)}>
      {(all.length >= SEARCHED_FROM || arranged !== null) && (
        <div className={classes(grid.listTools, frame.tools)}>
          <FilterField
            label="Find a mailbox"
            text={arranged?.search ?? ''}
            change={(search) => {
              show(arrange(all, arranged?.sort ?? null, search));
            }}
          />
        </div>
      )}
      <DesktopList<MappingRowView>
        list="mapping"
        label="Mapping"
        columns={columns}
        total={rows.length}
        at={at}
        idOf={idOfRow}
        rowHeight={ROW_HEIGHT}
        measured
        below={below}
        sort={arranged?.sort ?? null}
        sortBy={(by) => {
          const column = MAPPING_COLUMNS.find((one) => one === by);
          if (column !== undefined)
            show(arrange(all, nextSort(arranged?.sort ?? null, column), arranged?.search ?? ''));
        }}
        marking={marking}
        mark={mark}
        markAll={markAll}
        onOpen={() => undefined}
        onClose={() => {
          mark(marking.cursor, 'alone');
        }}
        menuOf={(row, many) => menuOf(row, many ? rows.filter((_, index) => holds(marking.marks, index)) : [row])}
        nameOf={nameOf}
        rowClass={rowClass}
        testId="mapping"
        rowTestId="mapping-row"
        empty={
          <EmptyState icon={<IconSearchOff size={30} stroke={1.5} aria-hidden />} title="No mailbox matches">
            Change the search to see others.
          </EmptyState>
        }
      />
    </div>
  );
}

function columnsOf(askSecret: MappingGridProps['askSecret']): readonly ListColumn<MappingRowView>[] {
  const { chooseSource, remove } = useMapping.getState();
  return [
    {
      id: 'source',
      label: 'Source',
      width: 'minmax(66px, 1.5fr)',
      className: styles.edit,
      rest: true,
      render: (row) => (
        <>
          <Cell row={row} cell="source" label={`Source of ${nameOf(row)}`} hint="file, folder or address" />
          <IconCell
            label={`Choose the backup of ${nameOf(row)}`}
            title="Choose a backup…"
            run={() => void chooseSource(row.row, 'files')}
          >
            <IconFileImport size={15} aria-hidden />
          </IconCell>
        </>
      ),
    },
    {
      id: 'user',
      label: 'User',
      width: 'minmax(50px, 1fr)',
      className: styles.edit,
      render: (row) => (
        <Cell row={row} cell="user" label={`User of row ${String(row.row + 1)}`} hint="name on the new server" />
      ),
    },
    {
      id: 'secret',
      label: 'Password',
      width: 'minmax(70px, 116px)',
      className: styles.slim,
      render: (row) => <Secrets row={row} askSecret={askSecret} />,
    },
    {
      id: 'calendar',
      label: 'Calendar',
      width: 'minmax(50px, 0.9fr)',
      className: styles.edit,
      render: (row) => <Cell row={row} cell="calendar" label={`Calendar of ${nameOf(row)}`} hint="its own" />,
    },
    {
      id: 'identity',
      label: 'On behalf of',
      width: 'minmax(50px, 0.9fr)',
      className: styles.edit,
      render: (row) => (
        <Cell row={row} cell="identity" label={`On behalf of, for ${nameOf(row)}`} hint="each event’s" />
      ),
    },
    {
      id: 'mode',
      label: 'Notify',
      width: 'minmax(66px, 128px)',
      className: styles.edit,
      render: (row) => <Mode row={row} label={`Notify, for ${nameOf(row)}`} />,
    },
    {
      id: 'remove',
      label: 'Remove',
      width: '34px',
      className: styles.slim,
      plain: true,
      render: (row) => (
        <IconCell label={`Remove ${nameOf(row)}`} title="Remove the row" run={() => void remove([row.row])}>
          <IconX size={15} aria-hidden />
        </IconCell>
      ),
    },
  ];
}

function idOfRow({ row }: MappingRowView): number {
  return row;
}

function nameOf({ user }: MappingRowView): string {
  return user === '' ? 'this row' : user;
}

function rowClass(): string {
  return styles.row;
}

function below(row: MappingRowView): JSX.Element | null {
  return row.problems.length === 0 ? null : <Problem row={row} />;
}

/** What can be done with a row of the mapping, or with all that are marked; its fields have the menu of the platform. */
function menuOf({ row, source, user }: MappingRowView, rows: readonly MappingRowView[]): readonly MenuEntry[] {
  const { chooseSource, remove } = useMapping.getState();
  const one = rows.length === 1;
  const all = (label: string, of: (each: MappingRowView) => string): MenuEntry => ({
    label,
    run: () => copyText(rows.map(of).join('\n')),
  });
  return [
    { label: 'Choose a backup…', run: () => void chooseSource(row, 'files') },
    { label: 'Choose a folder…', run: () => void chooseSource(row, 'folder') },
    ...begun(
      one
        ? [...copies('Copy source', source), ...copies('Copy user', user)]
        : [
            all('Copy sources of all marked', (each) => each.source),
            all('Copy users of all marked', (each) => each.user),
          ],
    ),
    {
      label: one ? 'Remove the row' : `Remove ${plural(rows.length, 'row')}`,
      begins: true,
      run: () => void remove(rows.map((each) => each.row)),
    },
  ];
}
