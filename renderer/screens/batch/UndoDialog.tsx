import { Radio } from './Radio.tsx';
import { useState, type JSX } from 'react';
import type { BatchEntry } from '../../../shared/model/batch/batch.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { useCleanup } from '../../stores/batch/cleanup.ts';
import { undoBatch } from '../../stores/batch/navigation.ts';
import { formatNumber } from '../../words/format.ts';
import { ruleWords } from '../../../shared/words/rules.ts';
import { RuleEditor } from '../../components/RuleEditor.tsx';

interface UndoDialogProps {
  readonly batch: BatchEntry;
  readonly onClose: () => void;
}

/** What is to be put back: all, the copies of one organizer, or what a rule picks. Leads to a preview. */
export function UndoDialog({ batch, onClose }: UndoDialogProps): JSX.Element {
  const found = useCleanup((state) => state.result?.clusters) ?? [];
  const organizers = found.filter(({ by, label }) => by === 'organizer' && label !== '').slice(0, 6);
  const [choice, setChoice] = useState('');
  const [rule, setRule] = useState<string | null>(null);
  const [editing, setEditing] = useState(false);
  const only = choice === '' ? [] : choice === 'rule' ? (rule === null ? null : [rule]) : [choice];
  return (
    <Confirm
      opened
      title="Which events should come back?"
      yes="Show what would be restored"
      disabled={only === null}
      onClose={onClose}
      onYes={() => {
        if (only === null) return;
        onClose();
        void undoBatch(batch, null, only);
      }}
    >
      <div className="stack tight" role="radiogroup" aria-label="Which events should come back">
        <Radio
          label={`All ${formatNumber(batch.totals.deleted)} events`}
          checked={choice === ''}
          choose={() => {
            setChoice('');
          }}
        />
        {organizers.map(({ key, label }) => (
          <Radio
            key={key}
            label={`Only what ${label} sent`}
            checked={choice === `organizer=${label}`}
            choose={() => {
              setChoice(`organizer=${label}`);
            }}
          />
        ))}
        <Radio
          label={rule === null ? 'Only events that fit a rule…' : `Only where: ${ruleWords(rule)}`}
          checked={choice === 'rule'}
          choose={() => {
            setChoice('rule');
            setEditing(true);
          }}
        />
      </div>
      {editing && choice === 'rule' && (
        <RuleEditor
          rule={rule}
          onSave={(next) => {
            setRule(next);
            setEditing(false);
          }}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
      <p className="small dim">A preview comes first. Nobody is notified, and what was changed since is left alone.</p>
    </Confirm>
  );
}
