import { Button, Checkbox } from '@mantine/core';
import { useEffect, type JSX } from 'react';
import type { DiagnosticsFile } from '../../../shared/model/diagnostics.ts';
import { useApp } from '../../stores/app.ts';
import { useDiagnostics } from '../../stores/diagnostics.ts';
import { formatBytes } from '../../words/format.ts';
import { Note, Notice } from '../Notice.tsx';
import { ProgramDialog } from './ProgramDialog.tsx';
import { DialogButtons } from '../frame/DialogButtons.tsx';
import { classes } from '../classes.ts';
import dialog from '../frame/dialog.module.css';
import styles from './dialogs.module.css';

/** Shows all that would be saved for whoever helps, before it is saved. */
export function DiagnosticsDialog(): JSX.Element {
  const opened = useApp((state) => state.dialog === 'diagnostics');
  const show = useApp((state) => state.show);
  const { hosts, files, saved, failure, load, save } = useDiagnostics();
  useEffect(() => {
    if (opened) void load(false);
  }, [opened, load]);
  return (
    <ProgramDialog name="diagnostics" title="Save diagnostics" size={720}>
      <div className="stack" data-testid="diagnostics">
        <p>
          A zip for whoever helps you: versions, settings, what your servers are, your runs with their numbers, and the
          last lines of the log. No event, no person, no user name and no password is in it. Nothing is sent: you save a
          file. This is all of it:
        </p>
        <Checkbox
          label="With the host names of the servers"
          checked={hosts}
          onChange={(event) => void load(event.currentTarget.checked)}
        />
        <div className="stack tight" aria-busy={files === null}>
          {files?.map((file) => (
            <FileText key={file.name} file={file} />
          ))}
        </div>
        <div className={classes(dialog.dialogFoot, 'stack tight')}>
          {failure !== null && <Notice failure={failure} />}
          {saved !== null && (
            <Note tone="hush" role="status">
              <div>Saved.</div>
              <div className={styles.path}>{saved}</div>
            </Note>
          )}
          <DialogButtons>
            <Button
              onClick={() => {
                show(null);
              }}
            >
              Close
            </Button>
            <Button variant="filled" disabled={files === null} onClick={() => void save()}>
              Save…
            </Button>
          </DialogButtons>
        </div>
      </div>
    </ProgramDialog>
  );
}

function FileText({ file: { name, text } }: { readonly file: DiagnosticsFile }): JSX.Element {
  return (
    <details>
      <summary>
        {name} <span className="faint">{formatBytes(text.length)}</span>
      </summary>
      {/* A text that scrolls is reached by the keyboard, too. */}
      <pre className={styles.notices} tabIndex={0} role="region" aria-label={name}>
        {text}
      </pre>
    </details>
  );
}
