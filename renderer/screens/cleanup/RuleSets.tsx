import { Button, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { FormDialog } from '../../components/frame/FormDialog.tsx';
import type { RuleSet } from '../../../shared/model/batch/cleanup.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { areUnsaved, useCleanup } from '../../stores/batch/cleanup.ts';
import { plural } from '../../words/format.ts';
import { ruleWords } from '../../../shared/words/rules.ts';
import { classes } from '../../components/classes.ts';
import { isolate } from '../../../shared/words/isolate.ts';
import parts from '../../components/parts.module.css';
import fields from '../../components/fields.module.css';

/** Rules that come with the program, and those that were kept under a name. */
export function RuleSets(): JSX.Element {
  const { sets, rules, takeSet, saveSet, removeSet } = useCleanup();
  const [naming, setNaming] = useState(false);
  const [chosen, setChosen] = useState('');
  const [asked, setAsked] = useState<RuleSet | null>(null);
  const [forgetting, setForgetting] = useState(false);
  const take = (set: RuleSet, how: 'instead' | 'beside'): void => {
    setAsked(null);
    // What stands there beside others is not the set of that name.
    setChosen(how === 'instead' ? set.id : '');
    takeSet(set, how);
  };
  const own = sets.filter(({ preset }) => !preset);
  const mine = own.find(({ id }) => id === chosen);
  return (
    <span className="row">
      <select
        className={classes(fields.select, fields.flat)}
        aria-label="Saved rules"
        value={chosen}
        onChange={(event) => {
          const found = sets.find(({ id }) => id === event.currentTarget.value);
          if (found === undefined) setChosen('');
          else if (areUnsaved({ rules, sets })) setAsked(found);
          else take(found, 'instead');
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
            setForgetting(true);
          }}
        >
          Delete “{mine.name}”…
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
      {mine !== undefined && (
        <Confirm
          opened={forgetting}
          title={`Delete “${isolate(mine.name)}”?`}
          yes="Delete"
          danger
          onClose={() => {
            setForgetting(false);
          }}
          onYes={() => {
            setForgetting(false);
            setChosen('');
            void removeSet(mine.id);
          }}
        >
          <p>The saved rules are deleted. Those of this search stay as they are.</p>
        </Confirm>
      )}
      {asked !== null && (
        <LoadDialog
          rules={rules}
          set={asked}
          onClose={() => {
            setAsked(null);
          }}
          onTake={(how) => {
            take(asked, how);
          }}
        />
      )}
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
            {' '}
            Save
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

interface LoadDialogProps {
  /** Those that would be lost. */
  readonly rules: readonly string[];
  readonly set: RuleSet;
  readonly onClose: () => void;
  readonly onTake: (how: 'instead' | 'beside') => void;
}

/** Rules that were typed and not saved are not replaced unasked. */
function LoadDialog({ rules, set, onClose, onTake }: LoadDialogProps): JSX.Element {
  return (
    <FormDialog
      title={`Load “${isolate(set.name)}”?`}
      dirty={false}
      onClose={onClose}
      onSubmit={() => {
        onTake('beside');
      }}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            onClick={() => {
              onTake('instead');
            }}
          >
            Replace {rules.length === 1 ? 'it' : 'them'}
          </Button>
          <Button type="submit" variant="filled" data-autofocus>
            Add to {rules.length === 1 ? 'it' : 'them'}
          </Button>
        </>
      }
    >
      <p>
        {plural(rules.length, 'rule')} of this search {rules.length === 1 ? 'is' : 'are'} not saved:
      </p>
      <ul className={classes(parts.bullets, 'small')}>
        {rules.map((rule) => (
          <li key={rule}>{ruleWords(rule)}</li>
        ))}
      </ul>
    </FormDialog>
  );
}
