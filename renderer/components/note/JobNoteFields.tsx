import { TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { NOTE_LENGTH, TICKET_LENGTH } from '../../../shared/model/kept/job-note.ts';
import { typedFor, useJobNotes } from '../../stores/job-note.ts';
import { classes } from '../classes.ts';
import parts from '../parts.module.css';
import styles from './note.module.css';

/** The ticket and the note of a job, typed before it begins; both may stay empty. */
export function JobNoteFields({ job }: { readonly job: string }): JSX.Element {
  const type = useJobNotes((state) => state.type);
  useJobNotes((state) => state.typed);
  const { ticket, note } = typedFor(job);
  return (
    <section className={classes(styles.jobNote, parts.card)} aria-label="Ticket and note">
      <TextInput
        label="Ticket"
        placeholder="optional"
        size="xs"
        value={ticket}
        maxLength={TICKET_LENGTH}
        data-testid="ticket"
        onChange={(event) => {
          type(job, { ticket: plain(event.currentTarget.value) });
        }}
      />
      <TextInput
        label="Note"
        placeholder="optional, shown in History and in the report"
        size="xs"
        className="grow"
        value={note}
        maxLength={NOTE_LENGTH}
        data-testid="note"
        onChange={(event) => {
          type(job, { note: plain(event.currentTarget.value) });
        }}
      />
    </section>
  );
}

/** What is pasted may hold control characters, which are no part of a text. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
