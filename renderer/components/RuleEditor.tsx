import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { readRule, RULE_FIELDS, writeRule, type RuleField, type Verb } from '../../shared/words/rules.ts';
import { classes } from './classes.ts';
import fields from './fields.module.css';
import styles from './rule-editor.module.css';

interface RuleEditorProps {
  /** Null: a new one. */
  readonly rule: string | null;
  readonly onSave: (rule: string) => void;
  readonly onClose: () => void;
}

/** One rule: field, verb, value. */
export function RuleEditor({ rule, onSave, onClose }: RuleEditorProps): JSX.Element | null {
  const known = rule === null ? null : readRule(rule);
  const [fieldId, setField] = useState(known?.field.id ?? 'organizer');
  const [verbId, setVerb] = useState(known?.verb.id ?? '');
  const [value, setValue] = useState(known?.value ?? '');
  const field: RuleField | undefined = RULE_FIELDS.find(({ id }) => id === fieldId) ?? RULE_FIELDS[0];
  const verb: Verb | undefined = field?.verbs.find(({ id }) => id === verbId) ?? field?.verbs[0];
  if (field === undefined || verb === undefined) return null;
  const ready = verb.value === 'none' || value.trim() !== '';
  const save = (): void => {
    if (ready) onSave(writeRule({ field, verb, value }));
  };
  return (
    <div
      className={classes(styles.ruleEditor, 'row wrap')}
      role="group"
      aria-label="Rule"
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
          // It may stand in a dialog, whose own question is another one.
          event.preventDefault();
          save();
        }
      }}
    >
      <select
        className={classes(fields.select, fields.flat)}
        aria-label="Field"
        value={field.id}
        onChange={(event) => {
          setField(event.currentTarget.value);
        }}
      >
        {RULE_FIELDS.map(({ id, label, menu }) => (
          <option key={id} value={id}>
            {menu ?? label}
          </option>
        ))}
      </select>
      <select
        className={classes(fields.select, fields.flat)}
        aria-label="Comparison"
        value={verb.id}
        onChange={(event) => {
          setVerb(event.currentTarget.value);
        }}
      >
        {field.verbs.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      {verb.value !== 'none' && (
        <input
          className={classes(styles.value, fields.cellInput, fields.framed)}
          aria-label="Value"
          type={verb.value === 'text' ? 'text' : verb.value}
          min={verb.value === 'number' ? 0 : undefined}
          placeholder={verb.placeholder}
          spellCheck={false}
          autoFocus
          value={value}
          onChange={(event) => {
            setValue(event.currentTarget.value);
          }}
        />
      )}
      <Button size="xs" variant="filled" disabled={!ready} onClick={save}>
        {rule === null ? 'Add' : 'Change'}
      </Button>
      <Button size="xs" variant="subtle" onClick={onClose}>
        Cancel
      </Button>
    </div>
  );
}
