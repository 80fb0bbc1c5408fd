import { Button } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useMemo, useState, type JSX } from 'react';
import type { CheckedRow, MappingRowView } from '../../../shared/model/mapping-view.ts';
import { Chip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useMigrateBatch } from '../../stores/batch/batch.ts';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { planMigration } from '../../stores/batch/migrate.ts';
import { formatNumber, plural } from '../../words/format.ts';
import { MemberTable, type MemberColumn } from '../batch/MemberTable.tsx';
import { MigratePage } from './MigratePage.tsx';

interface Line {
  readonly row: MappingRowView;
  readonly checked: CheckedRow | undefined;
}

/** Every row looked at before anything is written: login, calendar, rights, room, address, and what the server keeps. */
export function CheckStep(): JSX.Element {
  const { view, checked, checking, complete, failure } = useMapping();
  const rows = view?.rows;
  const [onlyBad, setOnlyBad] = useState(false);
  const [open, setOpen] = useState<number | null>(null);
  const lines = useMemo(() => (rows ?? []).map((row) => ({ row, checked: checked.get(row.row) })), [rows, checked]);
  const bad = lines.filter((line) => stateOf(line, complete) === 'bad').length;
  const good = lines.filter((line) => stateOf(line, complete) === 'ready');
  const made = good.flatMap(({ checked: found }) => found?.calendars ?? []).filter(({ makes }) => makes).length;
  const done = checking?.done ?? checked.size;
  const of = checking?.of ?? lines.length;
  return (
    <MigratePage foot={<Foot ready={complete ? good.length : 0} />}>
      {failure !== null && (
        <Notice failure={failure} action={{ label: 'Check again', run: () => void useMapping.getState().check() }} />
      )}
      <section className="card overall" aria-label="Progress of the check">
        <div className="row">
          <span className="big" data-testid="check-progress">
            {checking === null && complete
              ? `${formatNumber(good.length)} of ${plural(lines.length, 'row')} ready`
              : `${formatNumber(done)} of ${formatNumber(of)}`}
          </span>
          <span className="dim" role="status">
            {checking !== null
              ? 'logging in and looking at each calendar'
              : complete
                ? 'Nothing was written.'
                : 'Not checked since the last change.'}
          </span>
        </div>
        <div className="progress" aria-hidden>
          <i className="fill-new" style={{ width: share(good.length, lines.length) }} />
          <i className="fill-bad" style={{ width: share(bad, lines.length) }} />
        </div>
        <div className="row wrap counts">
          <span>
            <b>{formatNumber(good.length)}</b> ready
          </span>
          {made > 0 && (
            <span>
              <b>{formatNumber(made)}</b> {made === 1 ? 'calendar' : 'calendars'} will be made
            </span>
          )}
          {bad > 0 && (
            <span className="count-bad">
              <b>{formatNumber(bad)}</b> cannot be copied and will be left out
            </span>
          )}
          <span className="grow" />
          {bad > 0 && (
            <button
              type="button"
              className="tab"
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
      <section className="card fill review" aria-label="Rows">
        <div className="split-view">
          <div className="grid-frame">
            <MemberTable<Line>
              label="Rows of the mapping"
              items={onlyBad ? lines.filter((line) => stateOf(line, complete) === 'bad') : lines}
              idOf={idOfLine}
              columns={COLUMNS}
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

const COLUMNS: readonly MemberColumn<Line>[] = [
  {
    id: 'state',
    label: 'State',
    width: '104px',
    render: (line) => {
      if (line.checked === undefined && line.row.problems.length === 0) return <Chip tone="same">Waiting</Chip>;
      return stateOf(line, true) === 'ready' ? <Chip tone="new">Ready</Chip> : <Chip tone="bad">Left out</Chip>;
    },
  },
  {
    id: 'name',
    label: 'Mailbox',
    width: 'minmax(110px, 0.8fr)',
    render: ({ row, checked }) => (
      <span className="two-lines">
        <span className="strong ellipsis">{checked?.mailbox ?? row.user}</span>
        <span className="small dim ellipsis">from {row.source}</span>
      </span>
    ),
  },
  {
    id: 'calendar',
    label: 'Goes to',
    width: 'minmax(110px, 0.8fr)',
    render: ({ checked }) => {
      const [first] = checked?.calendars ?? [];
      if (checked === undefined || first === undefined) return <span className="dim">–</span>;
      const more = checked.calendars.length - 1;
      const makes = checked.calendars.filter((calendar) => calendar.makes).length;
      return (
        <span className="two-lines">
          <span className="ellipsis">
            {first.name}
            {more > 0 && ` and ${plural(more, 'other')}`}
          </span>
          <span className="small dim ellipsis">
            {makes === 0
              ? 'ready'
              : makes === checked.calendars.length
                ? 'will be made'
                : `${String(makes)} will be made`}
          </span>
        </span>
      );
    },
  },
  {
    id: 'says',
    label: 'What was found',
    width: 'minmax(160px, 1.4fr)',
    className: 'dim wraps',
    render: ({ row, checked }) => {
      const says = [...row.problems.map(({ message }) => message), checked?.problem ?? '', ...(checked?.notes ?? [])]
        .filter((part) => part !== '')
        .join(' ');
      return (
        <span className="says" title={says}>
          {says}
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
