import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconListCheck, IconSearch } from '@tabler/icons-react';
import { useMemo, useState, type JSX } from 'react';
import type { AuditLine, AuditVerdict } from '../../../shared/model/kept/audit.ts';
import { auditDetails, auditTitle, auditWho, verdictWords } from '../../../shared/words/audit.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Note, Notice } from '../../components/Notice.tsx';
import { useAudit } from '../../stores/history/audit.ts';
import { formatMoment, plural } from '../../words/format.ts';
import { classes } from '../../components/classes.ts';
import styles from './history.module.css';

/** Opens the audit: who did what with the runs of this computer. */
export function AuditButton(): JSX.Element {
  const [open, setOpen] = useState(false);
  const load = useAudit((state) => state.load);
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconListCheck size={14} aria-hidden />}
        onClick={() => {
          setOpen(true);
          void load();
        }}
      >
        Audit
      </Button>
      <Modal
        opened={open}
        onClose={() => {
          setOpen(false);
        }}
        size="xl"
        title="Audit: who did what"
      >
        <Audit />
      </Modal>
    </>
  );
}

function Audit(): JSX.Element {
  const { page, failure } = useAudit();
  const [search, setSearch] = useState('');
  const [title, setTitle] = useState('');
  const shown = useMemo(
    () => (page?.lines ?? []).filter((line) => matches(line, search, title)),
    [page, search, title],
  );
  if (failure !== null) return <Notice failure={failure} />;
  if (page === null) return <p role="status">Reading the audit…</p>;
  const titles = [...new Set(page.lines.map(auditTitle))];
  return (
    <div className="stack" data-testid="audit">
      <p className="dim">
        One line for each confirmation, start, stop, end, login for another user, trusted certificate and deletion, from
        this window and the command line. Lines are only added, and none holds a password or the text of an event.
      </p>
      <Verdict verdict={page.verdict} />
      {page.lines.length > 0 && (
        <div className="row wrap">
          <TextInput
            type="search"
            aria-label="Search in the audit"
            placeholder="Search user, calendar, run or ticket"
            size="xs"
            className="grow"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
            }}
          />
          <NativeSelect
            size="xs"
            aria-label="What was done"
            value={title}
            data={[{ value: '', label: 'What: any' }, ...titles]}
            onChange={(event) => {
              setTitle(event.currentTarget.value);
            }}
          />
        </div>
      )}
      <Lines lines={shown} />
      {page.more > 0 && <p className="dim small">{plural(page.more, 'older line')} not shown.</p>}
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly AuditLine[] }): JSX.Element {
  if (lines.length === 0) return <p className="dim">No line to show.</p>;
  const now = new Date();
  return (
    <div className={styles.auditLines} role="region" aria-label="Lines of the audit" tabIndex={0}>
      <table className={styles.auditTable}>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Who</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.prev ?? ''} ${line.at}`}>
              <td className="nowrap dim">{formatMoment(line.at, now)}</td>
              <td>
                <span className="strong">{auditTitle(line)}</span>
                <div className={classes(styles.auditDetails, 'small dim')}>{auditDetails(line)}</div>
              </td>
              <td>
                {auditWho(line.by)}
                <div className="small dim">{line.by.tool ?? ''}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether the lines are those that were written; the hash to note elsewhere. */
function Verdict({ verdict }: { readonly verdict: AuditVerdict }): JSX.Element {
  const { sound, last, torn, troubles } = verdict;
  const [first] = troubles;
  if (last === null && sound) return <Note tone="info">Nothing was done yet.</Note>;
  const isWhole = torn.every(({ named }) => named);
  return (
    <Note tone={!sound ? 'bad' : isWhole ? 'hush' : 'warn'} role="status">
      <div className="row wrap">
        <span className="grow">
          {verdictWords(verdict)}
          {first !== undefined && ` Line ${String(first.line)}: ${first.reason}`}
        </span>
        {last !== null && <CopyButton label="Copy the last hash" text={() => last} />}
      </div>
    </Note>
  );
}

function matches(line: AuditLine, search: string, title: string): boolean {
  if (title !== '' && auditTitle(line) !== title) return false;
  const text = `${auditTitle(line)} ${auditWho(line.by)} ${auditDetails(line)}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
