import { Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import { useCleanup } from '../../stores/batch/cleanup.ts';
import { ruleWords } from '../../../shared/words/rules.ts';
import { RuleEditor } from '../../components/RuleEditor.tsx';
import { RuleSets } from './RuleSets.tsx';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import fields from '../../components/fields.module.css';
import styles from './cleanup.module.css';

/** What makes an event unwanted, as chips that can be read aloud. */
export function RulesCard(): JSX.Element {
  const { rules, wrong, any, setRules, setAny, loadSets } = useCleanup();
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  useEffect(() => {
    void loadSets();
  }, [loadSets]);
  const save = (rule: string): void => {
    if (editing === 'new' || editing === null) setRules([...rules, rule]);
    else setRules(rules.map((known, index) => (index === editing ? rule : known)));
    setEditing(null);
  };
  return (
    <section className={classes(parts.card, parts.padded, 'stack tight')} aria-label="Rules" data-testid="rules">
      <div className={parts.cardHead}>
        <h2>What is unwanted?</h2>
        <RuleSets />
      </div>
      <div className={classes(styles.ruleLine, 'row wrap')}>
        {rules.length > 1 && (
          <select
            className={classes(fields.select, fields.flat)}
            aria-label="How the rules are joined"
            value={any ? 'any' : 'all'}
            onChange={(event) => {
              setAny(event.currentTarget.value === 'any');
            }}
          >
            <option value="all">all of these hold</option>
            <option value="any">one of these is enough</option>
          </select>
        )}
        {rules.map((rule, index) => (
          <span
            key={`${String(index)} ${rule}`}
            className={classes(styles.ruleChip, (wrong[index] ?? null) !== null && styles.wrong)}
            data-testid="rule"
          >
            <button
              type="button"
              className={styles.ruleText}
              onClick={() => {
                setEditing(index);
              }}
            >
              {ruleWords(rule)}
            </button>
            <button
              type="button"
              className={fields.iconButton}
              aria-label={`Remove the rule ${ruleWords(rule)}`}
              onClick={() => {
                setRules(rules.filter((_, at) => at !== index));
                setEditing(null);
              }}
            >
              <IconX size={13} aria-hidden />
            </button>
          </span>
        ))}
        {editing === null && (
          <Button
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              setEditing('new');
            }}
          >
            Add a rule
          </Button>
        )}
        {rules.length === 0 && editing === null && (
          <span className="dim small">for example: organizer is at domain spam.test, and invitation not answered</span>
        )}
      </div>
      {editing !== null && (
        <RuleEditor
          key={String(editing)}
          rule={editing === 'new' ? null : (rules[editing] ?? null)}
          onSave={save}
          onClose={() => {
            setEditing(null);
          }}
        />
      )}
      {wrong.map(
        (sentence, index) =>
          sentence !== null && (
            <p key={index} className={fields.cellProblem} role="alert">
              {sentence}
            </p>
          ),
      )}
    </section>
  );
}
