import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { FormDialog } from '../../components/frame/FormDialog.tsx';
import { useMapping } from '../../stores/batch/mapping.ts';
import styles from './migrate.module.css';

/** Rows copied out of a spreadsheet, or typed as CSV. */
export function PasteDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const paste = useMapping((state) => state.paste);
  const [text, setText] = useState('');
  const take = async (): Promise<void> => {
    await paste(text);
    onClose();
  };
  return (
    <FormDialog
      title="Paste rows"
      size={640}
      dirty={text.trim() !== ''}
      onClose={onClose}
      onSubmit={() => {
        void take();
      }}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={text.trim() === ''}>
            Add these rows
          </Button>
        </>
      }
    >
      <label className="stack tight">
        <span className="small dim">
          Copy the rows in your spreadsheet, with their headings or without: source, user, and what else you have. Names
          of files are looked for in a folder that you choose afterwards.
        </span>
        <textarea
          className={styles.pasteArea}
          rows={9}
          spellCheck={false}
          data-autofocus
          aria-label="Rows"
          placeholder={'source\tuser\tcalendar\nanna.ics\tanna\tCalendar'}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
        />
      </label>
    </FormDialog>
  );
}
