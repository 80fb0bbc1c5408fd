import { Button, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { FormDialog } from '../../components/frame/FormDialog.tsx';
import { useCleanup } from '../../stores/batch/cleanup.ts';

/** Rules that come with the program, and those that were kept under a name. */
export function RuleSets(): JSX.Element {
  const { sets, rules, takeSet, saveSet, removeSet } = useCleanup();
  const [naming, setNaming] = useState(false);
  const [chosen, setChosen] = useState('');
  const own = sets.filter(({ preset }) => !preset);
  const mine = own.find(({ id }) => id === chosen);
  return (
    <span className="row">
      <select
        className="select flat"
        aria-label="Rules kept under a name"
        value={chosen}
        onChange={(event) => {
          const found = sets.find(({ id }) => id === event.currentTarget.value);
          setChosen(found?.id ?? '');
          if (found !== undefined) takeSet(found);
        }}
      >
        <option value="">Load rules…</option>
        <optgroup label="Ready to use">
          {sets
            .filter(({ preset }) => preset)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </optgroup>
        {own.length > 0 && (
          <optgroup label="Yours">
            {own.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      {mine !== undefined && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            setChosen('');
            void removeSet(mine.id);
          }}
        >
          Forget “{mine.name}”
        </Button>
      )}
      <Button
        size="xs"
        variant="subtle"
        disabled={rules.length === 0}
        onClick={() => {
          setNaming(true);
        }}
      >
        Save rules…
      </Button>
      {naming && (
        <NameDialog
          onClose={() => {
            setNaming(false);
          }}
          onSave={(name) => {
            setNaming(false);
            void saveSet(name);
          }}
        />
      )}
    </span>
  );
}

function NameDialog(props: { readonly onClose: () => void; readonly onSave: (name: string) => void }): JSX.Element {
  const { onClose, onSave } = props;
  const [name, setName] = useState('');
  return (
    <FormDialog
      title="Save rules"
      dirty={name.trim() !== ''}
      onClose={onClose}
      onSubmit={() => {
        if (name.trim() !== '') onSave(name.trim());
      }}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={name.trim() === ''}>
            Keep
          </Button>
        </>
      }
    >
      <TextInput
        label="Name"
        description="Rules of the same name are replaced."
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
    </FormDialog>
  );
}
