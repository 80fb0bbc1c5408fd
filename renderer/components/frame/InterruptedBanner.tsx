import { Button, CloseButton } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import type { JSX } from 'react';
import { resumeBatch, showBatch } from '../../stores/batch/navigation.ts';
import type { ListEntry } from '../../stores/history/history-list.ts';
import { useApp } from '../../stores/app.ts';
import { useHistory } from '../../stores/history/history.ts';
import { useDismissed, useInterrupted } from '../../stores/history/interrupted.ts';
import { useFlow } from '../../stores/job/flow.ts';
import { useServerName } from '../../stores/names.ts';
import { interruptedWords } from '../../words/history.ts';
import { plural } from '../../words/format.ts';
import styles from './band.module.css';

/** Says after a restart or a crash that a job was interrupted, and goes on with it. */
export function InterruptedBanner(): JSX.Element | null {
  const [entry, ...others] = useInterrupted();
  const dismiss = useDismissed((state) => state.dismiss);
  const server = useServerName(entry?.kind === 'run' ? entry.run.server : '');
  if (entry === undefined) return null;
  return (
    <div className={styles.interruptedBand} role="status" data-testid="interrupted">
      <IconPlayerPause size={16} aria-hidden />
      <span className="ellipsis">{interruptedWords(entry, server)}</span>
      {others.length > 0 && <span className="dim nowrap">and {plural(others.length, 'other job')}</span>}
      <span className="grow" />
      <Button
        size="xs"
        variant="filled"
        onClick={() => {
          dismiss(entry.id);
          void (entry.kind === 'run' ? useFlow.getState().resume(entry.run) : resumeBatch(entry.batch));
        }}
      >
        Resume
      </Button>
      <Button
        size="xs"
        onClick={() => {
          dismiss(entry.id);
          show(entry);
        }}
      >
        Show
      </Button>
      <CloseButton
        size="sm"
        aria-label="Not now"
        title="Not now"
        onClick={() => {
          dismiss(entry.id);
        }}
      />
    </div>
  );
}

function show(entry: ListEntry): void {
  if (entry.kind === 'batch') {
    void showBatch(entry.batch, false);
    return;
  }
  useApp.getState().go('history');
  void useHistory.getState().open(entry.id);
}
