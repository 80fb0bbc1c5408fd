import { Button, Checkbox, Modal, NativeSelect } from '@mantine/core';
import { useMemo, useState, type JSX } from 'react';
import { Confirm } from '../../components/Confirm.tsx';
import { Note, Notice } from '../../components/Notice.tsx';
import { endedBefore, isOpen, sizeOf, type ListEntry } from '../../stores/history/history-list.ts';
import { usePurge } from '../../stores/history/purge.ts';
import { formatBytes, formatMoment, formatNumber, plural } from '../../words/format.ts';
import { entryTitle } from '../../words/history.ts';
import { DialogButtons } from '../../components/frame/DialogButtons.tsx';

const DAY = 86_400_000;
const AGES = [30, 90, 180, 365] as const;

interface PurgeOldDialogProps {
  readonly entries: readonly ListEntry[];
  readonly onClose: () => void;
}

/** Chooses what is old; the question comes after it. */
export function PurgeOldDialog({ entries, onClose }: PurgeOldDialogProps): JSX.Element {
  const [now] = useState(() => Date.now());
  const [days, setDays] = useState<number>(90);
  const ask = usePurge((state) => state.ask);
  const old = useMemo(() => endedBefore(entries, new Date(now - days * DAY)), [entries, days, now]);
  return (
    <Modal opened onClose={onClose} title="Delete old jobs">
      <div className="stack">
        <NativeSelect
          label="Jobs that ended more than"
          value={String(days)}
          data={AGES.map((age) => ({ value: String(age), label: `${String(age)} days ago` }))}
          onChange={(event) => {
            setDays(Number(event.currentTarget.value));
          }}
        />
        <p role="status">
          {old.length === 0
            ? 'No job is that old. What can still be resumed is not counted.'
            : `${plural(old.length, 'job')}, ${bytesOf(old)}. What can still be resumed stays.`}
        </p>
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="filled"
            disabled={old.length === 0}
            onClick={() => {
              ask(old);
              onClose();
            }}
          >
            Continue…
          </Button>
        </DialogButtons>
      </div>
    </Modal>
  );
}

/** The question before runs are deleted, and what became of it. */
export function PurgeDialog(): JSX.Element | null {
  const asking = usePurge((state) => state.asking);
  return asking === null ? null : <Question key={asking.map(({ id }) => id).join(' ')} entries={asking} />;
}

function Question({ entries }: { readonly entries: readonly ListEntry[] }): JSX.Element {
  const { close, purge, deleting, failure } = usePurge();
  const [understood, setUnderstood] = useState(false);
  const open = entries.filter(isOpen).length;
  const [first] = entries;
  const one = entries.length === 1 && first !== undefined;
  return (
    <Confirm
      opened
      danger
      title={one ? 'Delete this job?' : `Delete ${plural(entries.length, 'job')}?`}
      yes={`Delete ${plural(entries.length, 'job')}`}
      disabled={deleting || (open > 0 && !understood)}
      onClose={close}
      onYes={() => void purge(open > 0)}
    >
      {failure !== null && <Notice failure={failure} />}
      {one && (
        <p>
          {entryTitle(first)}, {formatMoment(first.at, new Date())}
        </p>
      )}
      <p>
        {bytesOf(entries)} on this computer: reports, what was written, and the earlier text of each event. They cannot
        be undone, resumed or looked at afterwards. No calendar is changed.
      </p>
      {open > 0 && (
        <>
          <Note tone="warn">
            {one
              ? 'It stopped before its end and can still be resumed.'
              : `${formatNumber(open)} can still be resumed.`}
          </Note>
          <Checkbox
            label="Delete it anyway"
            checked={understood}
            onChange={(event) => {
              setUnderstood(event.currentTarget.checked);
            }}
          />
        </>
      )}
    </Confirm>
  );
}

function bytesOf(entries: readonly ListEntry[]): string {
  return formatBytes(entries.reduce((sum, entry) => sum + sizeOf(entry), 0));
}
