import { Button } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useMemo, useState, type JSX } from 'react';
import type { CheckedRow, MappingRowView } from '../../../shared/model/batch/mapping-view.ts';
import { Chip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useMigrateBatch } from '../../stores/batch/batch.ts';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { useMappingCanary } from '../../stores/batch/mapping-canary.ts';
import { planMigration } from '../../stores/batch/migrate.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { byText, MemberTable, type MemberColumn } from '../batch/MemberTable.tsx';
import { MigratePage } from './MigratePage.tsx';
import { RowTests } from './RowTests.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import overall from '../../components/overall.module.css';
import grid from '../../components/list/grid.module.css';
import tabs from '../../components/frame/tabs.module.css';
import frame from '../../components/frame/frame.module.css';
import fills from '../../components/outcome/fills.module.css';
import styles from './migrate.module.css';

interface Line {
  readonly row: MappingRowView;
  readonly checked: CheckedRow | undefined;
}

/** Every row looked at before anything is written: login, calendar, rights, room, address, and what the server keeps. */
export function CheckStep(): JSX.Element {
  const { view, checked, checking, complete, failure } = useMapping();
  const rows = view?.rows;
  const ask = useMappingCanary((state) => state.ask);
  const columns = useMemo(
    () =>
      columnsWith((row) => {
        ask([row]);
      }),
    [ask],
  );
  const [onlyBad, setOnlyBad] = useState(false);
  const [open, setOpen] = useState<number | null>(null);
  const lines = useMemo(() => (rows ?? []).map((row) => ({ row, checked: checked.get(row.row) })), [rows, checked]);
  const bad = lines.filter((line) => stateOf(line, complete) === 'bad').length;
  const good = lines.filter((line) => stateOf(line, complete) === 'ready');
  const made = good.flatMap(({ checked: found }) => found?.calendars ?? []).filter(({ makes }) => makes).length;
  const testable = complete ? lines.filter((line) => line.checked?.testable === true).map(idOfLine) : [];
  const done = checking?.done ?? checked.size;
  const of = checking?.of ?? lines.length;
  return (
    <MigratePage foot={<Foot ready={complete ? good.length : 0} />}>
      {failure !== null && (
        <Notice failure={failure} action={{ label: 'Check again', run: () => void useMapping.getState().check() }} />
      )}
      <section className={classes(overall.overall, parts.card)} aria-label="Progress of the check">
        <div className="row">
          <span className={overall.big} data-testid="check-progress">
            {checking === null && complete
              ? `${formatNumber(good.length)} of ${plural(lines.length, 'row')} ready`
              : `${formatNumber(done)} of ${formatNumber(of)}`}
          </span>
          <span className="dim" role="status">
            {checking !== null
              ? 'logging in and looking at each calendar'
              : complete
                ? 'No event was copied yet.'
                : 'Not checked since the last change.'}
          </span>
        </div>
        <div className={fills.progress} aria-hidden>
          <i className={fills.fillNew} style={{ width: share(good.length, lines.length) }} />
          <i className={fills.fillBad} style={{ width: share(bad, lines.length) }} />
        </div>
        <div className={classes(overall.counts, 'row wrap')}>
          <span>
            <b>{formatNumber(good.length)}</b> ready
          </span>
          {made > 0 && (
            <span>
              <b>{formatNumber(made)}</b> {made === 1 ? 'calendar' : 'calendars'} will be made
            </span>
          )}
          {bad > 0 && (
            <span className={overall.bad}>
              <b>{formatNumber(bad)}</b> cannot be copied and will be left out
            </span>
          )}
          <span className="grow" />
          {testable.length > 0 && (
            <Button
              size="xs"
              onClick={() => {
                ask(testable);
              }}
            >
              Test {testable.length === 1 ? 'it' : `all ${plural(testable.length, 'row')}`} with a test event…
            </Button>
          )}
          {bad > 0 && (
            <button
              type="button"
              className={tabs.tab}
              aria-pressed={onlyBad}
              onClick={() => {
                setOnlyBad(!onlyBad);
              }}
            >
              Only these
            </button>
          )}
        </div>
      </section>
      <section className={classes(frame.fill, frame.review, parts.card)} aria-label="Rows">
        <div className={frame.splitView}>
          <div className={frame.gridFrame}>
            <MemberTable<Line>
              list="mapping-check"
              label="Rows of the mapping"
              items={onlyBad ? lines.filter((line) => stateOf(line, complete) === 'bad') : lines}
              idOf={idOfLine}
              copied={copiedOfLine}
              columns={columns}
              open={open}
              onOpen={setOpen}
              empty={
                <EmptyState icon={<IconChecklist size={30} stroke={1.5} aria-hidden />} title="No rows">
                  Add rows to the mapping first.
                </EmptyState>
              }
            />
          </div>
        </div>
      </section>
      <RowTests />
    </MigratePage>
  );
}

function share(part: number, of: number): string {
  return `${of === 0 ? '0' : ((part / of) * 100).toFixed(2)}%`;
}

function idOfLine({ row }: Line): number {
  return row.row;
}

function stateOf({ row, checked }: Line, complete: boolean): 'waiting' | 'ready' | 'bad' {
  if (row.problems.length > 0) return 'bad';
  if (checked === undefined) return complete ? 'bad' : 'waiting';
  return checked.problem === null ? 'ready' : 'bad';
}

function saidOf({ row, checked }: Line): string {
  return [...row.problems.map(({ message }) => message), checked?.problem ?? '', ...(checked?.notes ?? [])]
    .filter((part) => part !== '')
    .join(' ');
}

function copiedOfLine({ row }: Line): { readonly name: string; readonly address: string | null } {
  return { name: row.user, address: row.sourceKind === 'server' ? row.source : null };
}

const columnsWith = (test: (row: number) => void): readonly MemberColumn<Line>[] => [
  {
    id: 'state',
    label: 'State',
    compare: byText((line) => stateOf(line, true)),
    width: '104px',
    render: (line) => {
      if (line.checked === undefined && line.row.problems.length === 0) return <Chip tone="same">Waiting</Chip>;
      return stateOf(line, true) === 'ready' ? <Chip tone="new">Ready</Chip> : <Chip tone="bad">Left out</Chip>;
    },
  },
  {
    id: 'name',
    label: 'Mailbox',
    rest: true,
    compare: byText(({ row, checked }) => checked?.mailbox ?? row.user),
    width: 'minmax(110px, 0.8fr)',
    render: ({ row, checked }) => (
      <span className={grid.twoLines}>
        <span className="strong ellipsis">{checked?.mailbox ?? row.user}</span>
        <span className="small dim ellipsis">from {row.source}</span>
      </span>
    ),
  },
  {
    id: 'calendar',
    label: 'Goes to',
    from: 500,
    compare: byText(({ checked }) => checked?.calendars[0]?.name ?? ''),
    width: 'minmax(110px, 0.8fr)',
    render: ({ checked }) => {
      const [first] = checked?.calendars ?? [];
      if (checked === undefined || first === undefined) return <span className="dim">–</span>;
      const more = checked.calendars.length - 1;
      const makes = checked.calendars.filter((calendar) => calendar.makes).length;
      return (
        <span className={grid.twoLines}>
          <span className="ellipsis">
            {first.name}
            {more > 0 && ` and ${plural(more, 'other')}`}
          </span>
          <span className="small dim ellipsis">
            {makes === 0
              ? 'ready'
              : makes === checked.calendars.length
                ? 'will be made'
                : `${formatNumber(makes)} will be made`}
          </span>
        </span>
      );
    },
  },
  {
    id: 'says',
    label: 'What was found',
    compare: byText(saidOf),
    width: 'minmax(160px, 1.4fr)',
    className: classes('dim', grid.wraps),
    render: (line) => {
      const { row, checked } = line;
      const says = saidOf(line);
      return (
        <span className={styles.saysRow}>
          <span className={classes(styles.says, grid.says)} title={says}>
            {says}
          </span>
          {checked?.testable === true && (
            <Button
              size="compact-xs"
              aria-label={`Test ${row.user} with a test event…`}
              onClick={(event) => {
                event.stopPropagation();
                test(row.row);
              }}
            >
              Test…
            </Button>
          )}
        </span>
      );
    },
  },
];

function Foot({ ready }: { readonly ready: number }): JSX.Element {
  const { checking, check, stopCheck, exportResolved, complete } = useMapping();
  const go = useNavigation((state) => state.goMigrate);
  const planning = useMigrateBatch((state) => state.planning);
  return (
    <>
      <Button
        variant="subtle"
        onClick={() => {
          go('mapping');
        }}
      >
        Back
      </Button>
      {checking === null ? (
        <Button onClick={() => void check()}>Check again</Button>
      ) : (
        <Button onClick={() => void stopCheck()}>Stop the check</Button>
      )}
      <Button disabled={!complete} onClick={() => void exportResolved()}>
        Export what was found…
      </Button>
      <span className="grow" />
      <Button
        variant="filled"
        disabled={ready === 0}
        loading={planning}
        onClick={() => {
          go('review');
          void planMigration(null, false);
        }}
      >
        {ready === 0 ? 'Review' : `Review ${plural(ready, 'row')}`}
      </Button>
    </>
  );
}
