import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch, IconTrash } from '@tabler/icons-react';
import { useMemo, useState, type JSX } from 'react';
import { JOB_KINDS } from '../../../shared/model/job.ts';
import { choicesIn, sizeOf, STATES, useHistoryFilter, type ListEntry } from '../../stores/history/history-list.ts';
import { nameOf } from '../../stores/names.ts';
import { useServers } from '../../stores/servers.ts';
import { formatBytes, formatNumber, plural } from '../../words/format.ts';
import { KIND_WORDS, STATE_WORDS } from '../../words/history.ts';
import { PurgeOldDialog } from './PurgeDialog.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import styles from './history.module.css';

interface HistoryToolsProps {
  readonly entries: readonly ListEntry[];
  readonly shown: readonly ListEntry[];
}

/** Search and filters above the list, what all of it takes on the disk, and the way to delete what is old. */
export function HistoryTools({ entries, shown }: HistoryToolsProps): JSX.Element {
  const { filter, look, showAll } = useHistoryFilter();
  const servers = useServers((state) => state.list ?? []);
  const choices = useMemo(() => choicesIn(entries), [entries]);
  const [deleting, setDeleting] = useState(false);
  const size = shown.reduce((sum, entry) => sum + sizeOf(entry), 0);
  const filtered = Object.values(filter).some((value) => value !== '');
  return (
    <section className={classes(styles.historyTools, parts.card, parts.padded, 'stack')} aria-label="Search and filter">
      <div className="row wrap">
        <TextInput
          type="search"
          aria-label="Search in History"
          placeholder="Search title, user, server, calendar, ticket or note"
          size="xs"
          className="grow"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={filter.search}
          data-testid="history-search"
          onChange={(event) => {
            look({ search: event.currentTarget.value });
          }}
        />
        <Filter label="User" value={filter.user} options={choices.users} onPick={(user) => look({ user })} />
        <Filter
          label="Server"
          value={filter.server}
          options={choices.servers}
          nameOf={(host) => nameOf(servers, host)}
          onPick={(server) => look({ server })}
        />
        <Filter
          label="Kind"
          value={filter.kind}
          options={choices.kinds}
          nameOf={(kind) => KIND_WORDS[kind]}
          onPick={(kind) => look({ kind: JOB_KINDS.find((one) => one === kind) ?? '' })}
        />
        <Filter label="Ticket" value={filter.ticket} options={choices.tickets} onPick={(ticket) => look({ ticket })} />
        <Filter
          label="State"
          value={filter.state}
          options={choices.states}
          nameOf={(state) => STATE_WORDS[state]}
          onPick={(state) => look({ state: STATES.find((one) => one === state) ?? '' })}
        />
      </div>
      <div className="row small dim">
        <span role="status" data-testid="history-count">
          {filtered
            ? `${plural(shown.length, 'job')} of ${formatNumber(entries.length)}`
            : plural(entries.length, 'job')}
          , {formatBytes(size)} on this computer
        </span>
        {filtered && (
          <button type="button" className={parts.link} onClick={showAll}>
            Show all
          </button>
        )}
        <span className="grow" />
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={() => {
            setDeleting(true);
          }}
        >
          Delete old jobs…
        </Button>
      </div>
      {deleting && (
        <PurgeOldDialog
          entries={entries}
          onClose={() => {
            setDeleting(false);
          }}
        />
      )}
    </section>
  );
}

interface FilterProps<Value extends string> {
  readonly label: string;
  readonly value: Value | '';
  readonly options: readonly Value[];
  readonly nameOf?: (value: Value) => string;
  readonly onPick: (value: string) => void;
}

function Filter<Value extends string>(props: FilterProps<Value>): JSX.Element {
  const { label, value, options, onPick } = props;
  const shownAs = (one: Value): string => props.nameOf?.(one) ?? one;
  // What is chosen stays in the list when the last of its runs is gone.
  const all = value === '' || options.includes(value) ? options : [...options, value];
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      className={styles.historyFilter}
      value={value}
      data={[{ value: '', label: `${label}: any` }, ...all.map((one) => ({ value: one, label: shownAs(one) }))]}
      onChange={(event) => {
        onPick(event.currentTarget.value);
      }}
    />
  );
}
