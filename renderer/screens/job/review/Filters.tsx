import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import type { RowFilter } from '../../../../shared/model/plan.ts';
import { ACTIONS } from '../../../../shared/model/plan.ts';
import { OneOrganizer as ShownOrganizer } from '../../../components/list/ListTools.tsx';
import { useRows } from '../../../stores/job/rows.ts';
import { formatNumber } from '../../../words/format.ts';
import { ACTION_WORDS } from '../../../words/outcomes.ts';
import { classes } from '../../../components/classes.ts';
import frame from '../../../components/frame/frame.module.css';
import tabs from '../../../components/frame/tabs.module.css';
import fields from '../../../components/fields.module.css';
import styles from './review.module.css';

const SETTLE_MS = 180;

const ATTENTION: readonly { readonly id: RowFilter['attention']; readonly label: string }[] = [
  { id: 'any', label: 'All events' },
  { id: 'guests', label: 'With guests' },
  { id: 'notified', label: 'Somebody is notified' },
  { id: 'findings', label: 'With notes' },
  { id: 'identity', label: 'Unclear address' },
  { id: 'decided', label: 'Settled by you' },
];

/** Search, actions with their numbers, and what wants a look. */
export function Filters(): JSX.Element {
  const attention = useRows((state) => state.filter.attention);
  const setFilter = useRows((state) => state.setFilter);
  return (
    <div className={classes(styles.filters, frame.tools)}>
      <Search />
      <select
        className={classes(fields.select, fields.flat)}
        aria-label="Show"
        value={attention}
        onChange={(event) => {
          const found = ATTENTION.find((entry) => entry.id === event.currentTarget.value);
          if (found !== undefined) setFilter({ attention: found.id });
        }}
      >
        {ATTENTION.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      <OneOrganizer />
      <ActionTabs />
    </div>
  );
}

/** Whose events alone are shown, and the way back to all. */
function OneOrganizer(): JSX.Element | null {
  const organizer = useRows((state) => state.filter.organizer);
  const setFilter = useRows((state) => state.setFilter);
  if (organizer === undefined) return null;
  return (
    <ShownOrganizer
      organizer={organizer}
      all={() => {
        setFilter({ organizer: undefined });
      }}
    />
  );
}

function Search(): JSX.Element {
  const setFilter = useRows((state) => state.setFilter);
  const [text, setText] = useState(useRows.getState().filter.search);
  useEffect(() => {
    if (text === useRows.getState().filter.search) return;
    const timer = setTimeout(() => {
      setFilter({ search: text });
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text, setFilter]);
  return (
    <TextInput
      className={styles.search}
      type="search"
      size="xs"
      aria-label="Search title, organizer, UID"
      placeholder="Search title, organizer, UID …"
      leftSection={<IconSearch size={14} aria-hidden />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
      }}
    />
  );
}

function ActionTabs(): JSX.Element {
  const counts = useRows((state) => state.numbers?.counts ?? null);
  const actions = useRows((state) => state.filter.actions);
  const setFilter = useRows((state) => state.setFilter);
  const total = counts === null ? null : ACTIONS.reduce((sum, action) => sum + counts[action], 0);
  const now = actions[0] ?? null;
  return (
    <div className={tabs.tabs} role="group" aria-label="Actions">
      <ActionTab
        label="All"
        count={total}
        on={now === null}
        choose={() => {
          setFilter({ actions: [] });
        }}
      />
      {ACTIONS.filter((action) => action === now || (counts?.[action] ?? 0) > 0).map((action) => (
        <ActionTab
          key={action}
          label={ACTION_WORDS[action].label}
          count={counts?.[action] ?? null}
          on={now === action}
          tone={action === 'conflict' ? 'warn' : action === 'reject' ? 'bad' : null}
          means={ACTION_WORDS[action].means}
          choose={() => {
            setFilter({ actions: [action] });
          }}
        />
      ))}
    </div>
  );
}

interface ActionTabProps {
  readonly label: string;
  readonly count: number | null;
  readonly on: boolean;
  readonly tone?: 'warn' | 'bad' | null;
  readonly means?: string;
  readonly choose: () => void;
}

function ActionTab({ label, count, on, tone = null, means, choose }: ActionTabProps): JSX.Element {
  return (
    <button
      type="button"
      className={classes(tabs.tab, tone !== null && tabs[tone])}
      aria-pressed={on}
      title={means}
      onClick={choose}
    >
      {label} {count === null ? '' : formatNumber(count)}
    </button>
  );
}
