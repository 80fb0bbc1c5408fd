import { Button, Modal } from '@mantine/core';
import { IconDatabaseExport, IconLoader2 } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { BackupResult } from '../../../shared/model/kept/backup.ts';
import { BusyButton } from '../../components/BusyButton.tsx';
import { Note, Notice } from '../../components/Notice.tsx';
import { useBackup, type BackupWhat } from '../../stores/backup.ts';
import { BackupChoice } from './BackupChoice.tsx';
import { formatBytes, formatNumber, plural } from '../../words/format.ts';
import { DialogButtons } from '../../components/frame/DialogButtons.tsx';
import { classes } from '../../components/classes.ts';
import { isolate } from '../../../shared/words/isolate.ts';
import parts from '../../components/parts.module.css';
import consequences from '../../components/consequences.module.css';
import fills from '../../components/outcome/fills.module.css';
import notice from '../../components/notice.module.css';

const SHOWN = 5;

/** Copies calendars into a file, says how far it is, and what came of it. */
export function BackupDialog(): JSX.Element | null {
  const { what, about, running, result, failure, run, stop, close, show } = useBackup();
  if (what === null) return null;
  return (
    <Modal
      opened
      onClose={close}
      title={result === null ? `Back up ${about}` : 'Backup'}
      closeOnClickOutside={!running}
      closeButtonProps={{ 'aria-label': 'Close', disabled: running }}
    >
      <div className="stack" data-testid="backup">
        {failure !== null && <Notice failure={failure} />}
        {result !== null ? <Result result={result} /> : running ? <Going /> : <Before what={what} />}
        <DialogButtons>
          {running && <Button onClick={() => void stop()}>Stop</Button>}
          {result !== null && <Button onClick={show}>Show in folder</Button>}
          {!running && <Button onClick={close}>{result === null ? 'Cancel' : 'Close'}</Button>}
          {result === null && (
            <BusyButton
              variant="filled"
              busy={running}
              disabled={what.kind === 'server' && what.calendars?.length === 0}
              onClick={() => void run()}
            >
              Choose where to save…
            </BusyButton>
          )}
        </DialogButtons>
      </div>
    </Modal>
  );
}

function Before({ what }: { readonly what: BackupWhat }): JSX.Element {
  return (
    <>
      <Lesson />
      {what.kind === 'server' && <BackupChoice what={what} />}
    </>
  );
}

function Lesson(): JSX.Element {
  return (
    <div className={consequences.lesson}>
      <IconDatabaseExport size={18} aria-hidden />
      <div>
        <strong>One .zip that every calendar program can read</strong>
        Each event as its own file, byte for byte as the server has it, with the names and colours of the calendars, and
        a list to verify it by. Nothing on the server changes, and nobody is notified.
      </div>
    </div>
  );
}

function Going(): JSX.Element {
  const progress = useBackup((state) => state.progress);
  const of = progress?.of ?? null;
  const done = progress?.done ?? 0;
  return (
    <div className="stack tight" role="status">
      <div className="row">
        <IconLoader2 size={16} className={parts.spin} aria-hidden />
        <span className="ellipsis">
          {progress === null
            ? 'Looking at the calendars'
            : `${isolate(progress.calendar ?? 'Reading back')}: ${formatNumber(done)}`}
          {of !== null && ` of ${formatNumber(of)}`}
        </span>
      </div>
      <div className={fills.progress} aria-hidden>
        <i
          className={fills.fillNew}
          style={{ width: of === null || of === 0 ? '0' : `${((done / of) * 100).toFixed(1)}%` }}
        />
      </div>
    </div>
  );
}

function Result({ result }: { readonly result: BackupResult & { readonly path: string } }): JSX.Element {
  const { calendars, events, bytes, verified, reused, failed, warnings } = result;
  const whole = failed.length === 0 && verified >= events;
  return (
    <>
      <Note tone={whole ? 'hush' : 'warn'} role="status">
        <div className={notice.what}>
          {plural(events, 'event')} of {plural(calendars, 'calendar')}, {formatBytes(bytes)}
        </div>
        <div className={notice.said}>
          {formatNumber(verified)} of them read again and verified
          {reused > 0 && `, ${formatNumber(reused)} taken over unchanged from the earlier backup`}.
        </div>
      </Note>
      <p className={classes(parts.breaks, 'small')}>
        Saved as <code>{result.path}</code>
      </p>
      {failed.length > 0 && (
        <Note tone="bad" role="alert">
          <div className={notice.what}>
            {plural(failed.length, 'event')} could not be saved: this backup is not complete.
          </div>
          {failed.slice(0, SHOWN).map(({ href, reason }) => (
            <div key={href} className={notice.said}>
              {reason} ({href})
            </div>
          ))}
        </Note>
      )}
      {warnings.map((warning) => (
        <Note key={warning} tone="warn">
          {warning}
        </Note>
      ))}
    </>
  );
}
