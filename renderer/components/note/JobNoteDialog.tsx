import { Textarea, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { NOTE_LENGTH, TICKET_LENGTH, typedNote, type JobNote } from '../../../shared/model/kept/job-note.ts';
import { useNoteDialog } from '../../stores/history/note-dialog.ts';
import { Confirm } from '../Confirm.tsx';
import { plain } from './JobNoteFields.tsx';
import { Notice } from '../Notice.tsx';

/** Changes the ticket and the note of a job that was begun. */
export function JobNoteDialog(): JSX.Element | null {
  const editing = useNoteDialog((state) => state.editing);
  return editing === null ? null : <Editor key={editing.id} before={editing.before} />;
}

function Editor({ before }: { readonly before: JobNote }): JSX.Element {
  const { close, save, saving, failure } = useNoteDialog();
  const [ticket, setTicket] = useState(before.ticket ?? '');
  const [note, setNote] = useState(before.note ?? '');
  const typed = typedNote(ticket, note);
  return (
    <Confirm
      opened
      title="Ticket and note"
      yes="Save"
      disabled={typed === null || saving}
      onClose={close}
      onYes={() => {
        if (typed !== null) void save(typed);
      }}
    >
      {failure !== null && <Notice failure={failure} />}
      <TextInput
        label="Ticket"
        value={ticket}
        maxLength={TICKET_LENGTH}
        data-autofocus
        onChange={(event) => {
          setTicket(plain(event.currentTarget.value));
        }}
      />
      <Textarea
        label="Note"
        description="Shown in History and in the report. It changes nothing that was written or approved."
        value={note}
        maxLength={NOTE_LENGTH}
        autosize
        minRows={3}
        maxRows={8}
        onChange={(event) => {
          setNote(event.currentTarget.value.split('\n').map(plain).join('\n'));
        }}
      />
    </Confirm>
  );
}
