import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { JobNote } from '../../../shared/model/kept/job-note.ts';
import { useNoteDialog } from '../../stores/history/note-dialog.ts';
import { classes } from '../classes.ts';
import styles from './note.module.css';

interface JobNoteLineProps {
  /** The run or the batch. */
  readonly id: string;
  readonly of: JobNote;
  /** How the job is called, for whoever hears the button. */
  readonly name: string;
}

/** The ticket and the note of a job, and the way to change them. */
export function JobNoteLine({ id, of, name }: JobNoteLineProps): JSX.Element {
  const edit = useNoteDialog((state) => state.edit);
  const empty = of.ticket === undefined && of.note === undefined;
  return (
    <div className={classes(styles.noteLine, 'row small')} data-testid="job-note">
      {of.ticket !== undefined && (
        <span className="nowrap">
          Ticket <b>{of.ticket}</b>
        </span>
      )}
      {of.note !== undefined && (
        <span className="dim ellipsis" title={of.note}>
          {of.note}
        </span>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPencil size={13} aria-hidden />}
        aria-label={empty ? `Add ticket or note to the ${name}` : `Edit ticket and note of the ${name}`}
        onClick={() => {
          edit(id, of);
        }}
      >
        {empty ? 'Add ticket or note' : 'Edit'}
      </Button>
    </div>
  );
}
