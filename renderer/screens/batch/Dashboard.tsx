import { Button, TextInput } from '@mantine/core';
import { IconMailbox, IconSearch } from '@tabler/icons-react';
import { useMemo, useState, type JSX } from 'react';
import {
  MEMBER_STATES,
  type BatchKind,
  type BatchMember,
  type MemberState,
} from '../../../shared/model/batch/batch.ts';
import { Chip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/frame/EmptyState.tsx';
import { Notice } from '../../components/Notice.tsx';
import { memberWord } from '../../words/batch.ts';
import { formatNumber } from '../../words/format.ts';
import { useBatch, useMemberNouns, useNamedColumns } from './BatchContext.ts';
import { MemberBar } from './MemberBar.tsx';
import { MemberDrawer } from './member/MemberDrawer.tsx';
import { copiedOfMember, MemberName, nameOfMember } from './MemberName.tsx';
import { byText, MemberTable, type MemberColumn } from './MemberTable.tsx';
import { BatchOverall } from './BatchOverall.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import frame from '../../components/frame/frame.module.css';
import tabs from '../../components/frame/tabs.module.css';
import styles from './batch.module.css';

type Filter = 'all' | 'going' | 'needs-attention' | 'queued' | 'done';

const FILTERS: readonly { readonly id: Filter; readonly label: string; readonly states: readonly MemberState[] }[] = [
  { id: 'all', label: 'All', states: MEMBER_STATES },
  { id: 'going', label: 'In progress', states: ['checking', 'moving', 'verifying'] },
  { id: 'needs-attention', label: 'Needs attention', states: ['needs-attention', 'stopped'] },
  { id: 'queued', label: 'Queued', states: ['queued'] },
  { id: 'done', label: 'Done', states: ['done'] },
];

/** A batch while it goes on: the whole, each calendar, and the events of the one that is open. */
export function Dashboard(): JSX.Element {
  const failure = useBatch((state) => state.failure);
  const problems = useBatch((state) => state.snapshot.problems);
  const whole = problems.filter(({ mailbox }) => mailbox === null);
  return (
    <>
      {failure !== null && <Notice failure={failure} />}
      {whole.map((problem, index) => (
        <Notice key={index} failure={problem.failure} />
      ))}
      <BatchOverall />
      <Members />
    </>
  );
}

interface Line {
  readonly member: BatchMember;
  readonly done: number;
  readonly kind: BatchKind;
  readonly paused: boolean;
}

/** The same object while nothing in it changed, so that its row is not drawn anew. */
function useLines(): readonly Line[] {
  const members = useBatch((state) => state.snapshot.members);
  const paused = useBatch((state) => state.snapshot.paused);
  const done = useBatch((state) => state.snapshot.done);
  const kind = useBatch((state) => state.kind);
  const [known] = useState(() => new Map<number, Line>());
  return useMemo(
    () =>
      members.map((member) => {
        const count = done[member.id] ?? 0;
        const before = known.get(member.id);
        if (before?.member === member && before.done === count && before.kind === kind && before.paused === paused)
          return before;
        const line = { member, done: count, kind, paused };
        known.set(member.id, line);
        return line;
      }),
    [members, done, kind, paused, known],
  );
}

function Members(): JSX.Element {
  const lines = useLines();
  const open = useBatch((state) => state.member);
  const openMember = useBatch((state) => state.openMember);
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const states = FILTERS.find(({ id }) => id === filter)?.states ?? MEMBER_STATES;
  const wanted = search.trim().toLowerCase();
  const shown = lines.filter(
    ({ member }) =>
      states.includes(member.state) &&
      (wanted === '' || `${member.mailbox} ${member.calendar}`.toLowerCase().includes(wanted)),
  );
  const { one, many } = useMemberNouns();
  const columns = useNamedColumns(open === null ? COLUMNS : NARROW);
  return (
    <section className={classes(frame.fill, frame.review, parts.card)} aria-label={many}>
      <div className={frame.tools}>
        <TextInput
          className={styles.memberSearch}
          type="search"
          placeholder={`Find a ${one.toLowerCase()}`}
          aria-label={`Find a ${one.toLowerCase()}`}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
          }}
        />
        <div className={tabs.tabs} role="group" aria-label={`Which ${many.toLowerCase()}`}>
          {FILTERS.map(({ id, label, states: which }) => {
            const count = lines.filter(({ member }) => which.includes(member.state)).length;
            return (
              <button
                key={id}
                type="button"
                className={classes(tabs.tab, id === 'needs-attention' && count > 0 && tabs.bad)}
                aria-pressed={filter === id}
                onClick={() => {
                  setFilter(id);
                }}
              >
                {label} {formatNumber(count)}
              </button>
            );
          })}
        </div>
      </div>
      <div className={classes(frame.splitView, open !== null && frame.open)}>
        <div className={frame.gridFrame}>
          <MemberTable<Line>
            list="batch-run"
            label={many}
            items={shown}
            idOf={idOfLine}
            copied={({ member }) => copiedOfMember(member)}
            columns={columns}
            open={open}
            onOpen={openMember}
            empty={
              <EmptyState
                icon={<IconMailbox size={30} stroke={1.5} aria-hidden />}
                title={`No ${one.toLowerCase()} here`}
              >
                {wanted === ''
                  ? 'None is in this state at the moment.'
                  : `No ${one.toLowerCase()} in this state has such a name.`}
              </EmptyState>
            }
          />
        </div>
        {open !== null && <MemberDrawer id={open} />}
      </div>
    </section>
  );
}

function idOfLine({ member }: Line): number {
  return member.id;
}

const STATE: MemberColumn<Line> = {
  id: 'state',
  label: 'State',
  width: '112px',
  compare: (a, b) => MEMBER_STATES.indexOf(a.member.state) - MEMBER_STATES.indexOf(b.member.state),
  render: ({ member, kind, paused }) => {
    const word = memberWord(member.state, kind, undefined, paused);
    return <Chip tone={word.tone}>{word.label}</Chip>;
  },
};

const NAME: MemberColumn<Line> = {
  id: 'name',
  label: 'Mailbox',
  width: 'minmax(120px, 1fr)',
  rest: true,
  compare: byText(({ member }) => nameOfMember(member)),
  render: ({ member }) => <MemberName member={member} />,
};

const BAR: MemberColumn<Line> = {
  id: 'bar',
  label: 'Events',
  width: 'minmax(190px, 1.1fr)',
  compare: (a, b) => a.member.writes - b.member.writes || a.done - b.done,
  render: ({ member, done }) => <MemberBar member={member} done={done} />,
};

const COLUMNS: readonly MemberColumn<Line>[] = [
  STATE,
  NAME,
  BAR,
  {
    id: 'says',
    label: 'Notes',
    from: 560,
    compare: byText(({ member }) => saysOf(member)),
    width: 'minmax(90px, 1fr)',
    className: 'dim',
    render: ({ member }) => <span title={member.problem?.message}>{saysOf(member)}</span>,
  },
];
const NARROW: readonly MemberColumn<Line>[] = [STATE, NAME, { ...BAR, width: 'minmax(150px, 1fr)' }];

function saysOf(member: BatchMember): string {
  if (member.problem !== null) return member.problem.message;
  if (member.state === 'done') return `${formatNumber(member.verified)} read back`;
  return '';
}

/** Pause, go on and stop, with what each means. */
export function DashboardButtons({
  onStop,
  stopping,
}: {
  readonly onStop: () => void;
  readonly stopping: boolean;
}): JSX.Element {
  const paused = useBatch((state) => state.snapshot.paused);
  const pause = useBatch((state) => state.pause);
  const known = useBatch((state) => state.batchId !== null);
  return (
    <>
      <Button disabled={!known || stopping} onClick={() => void pause(!paused)}>
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button disabled={!known || stopping} onClick={onStop}>
        Stop
      </Button>
    </>
  );
}
