import { Button } from '@mantine/core';
import { useEffect, type JSX } from 'react';
import type { BatchEntry } from '../../../shared/model/batch/batch.ts';
import { Note, Notice } from '../../components/Notice.tsx';
import { resumeBatch } from '../../stores/batch/navigation.ts';
import { useBatchSecrets } from '../../stores/batch/secrets.ts';
import { plural } from '../../words/format.ts';

/** The passwords that are missing before a batch can go on, and the way to give them, on its own screen. */
export function MissingSecrets({ batch }: { readonly batch: BatchEntry }): JSX.Element | null {
  const { batchId } = batch;
  const { batchId: lookedAt, missing, imported, unknown, failure, look, read } = useBatchSecrets();
  useEffect(() => {
    void look(batchId);
  }, [batchId, look]);
  if (lookedAt !== batchId) return null;
  if (failure !== null) return <Notice failure={failure} />;
  if (missing.length === 0 && !imported) return null;
  const more = missing.length > 5 ? ' …' : '';
  return (
    <Note tone={missing.length > 0 ? 'info' : 'hush'} role="status">
      <div className="row wrap" data-testid="missing-secrets">
        <span>
          {missing.length === 0 ? (
            'All passwords are here.'
          ) : (
            <>
              <b>{plural(missing.length, 'password')} missing</b>: {missing.slice(0, 5).join(', ')}
              {more}
            </>
          )}
          {unknown.length > 0 &&
            ` Not in this job: ${unknown.slice(0, 3).join(', ')}${unknown.length > 3 ? ' …' : ''}.`}
        </span>
        <span className="grow" />
        {missing.length > 0 && (
          <Button size="xs" onClick={() => void read(batchId)}>
            Import passwords…
          </Button>
        )}
        <Button
          size="xs"
          variant={missing.length === 0 ? 'filled' : 'default'}
          onClick={() => void resumeBatch(batch, true)}
        >
          {missing.length === 0 ? 'Resume' : 'Resume without them'}
        </Button>
      </div>
    </Note>
  );
}
