import { Button } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import type { MappingView } from '../../../shared/model/batch/mapping-view.ts';
import { Note } from '../../components/Notice.tsx';
import { useBatches } from '../../stores/batch/batches.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { LastResult, NameDialog } from './ProjectList.tsx';
import styles from './migrate.module.css';

/** Under which name the mapping is kept, and what came of it last. */
export function ProjectLine({ view }: { readonly view: MappingView }): JSX.Element {
  const { busy, saving, begin, failure, nameProject } = useMapping();
  const loadBatches = useBatches((state) => state.load);
  const [naming, setNaming] = useState(false);
  const { project } = view;
  const last = project?.lastBatch ?? null;
  useEffect(() => {
    if (last !== null) void loadBatches();
  }, [last, loadBatches]);
  return (
    <div className={styles.projectLine}>
      {project === null ? (
        <>
          <span className="small dim grow">Not saved: without a name it is gone when you quit.</span>
          <Button
            size="xs"
            leftSection={<IconDeviceFloppy size={14} aria-hidden />}
            disabled={busy}
            onClick={() => {
              setNaming(true);
            }}
          >
            Save as a project…
          </Button>
        </>
      ) : (
        <>
          <span className="small">
            Project{' '}
            <b dir="auto" data-testid="project-name">
              {project.name}
            </b>
          </span>
          <span className="small dim" role="status">
            {saving ? 'saving…' : failure === null ? 'saved, without passwords' : 'not saved'}
          </span>
          <span className="grow">
            <LastResult batchId={last} />
          </span>
          <Button size="xs" variant="subtle" disabled={busy} onClick={() => void begin()}>
            Close the project
          </Button>
        </>
      )}
      {project !== null && project.lost.length > 0 && (
        <Note tone="warn" role="status">
          {project.lost.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Note>
      )}
      {naming && (
        <NameDialog
          title="Save as a project"
          yes="Save"
          name=""
          says="Servers, rows and rules are kept on this computer, and each change from now on. Passwords are not."
          onClose={() => {
            setNaming(false);
          }}
          onName={nameProject}
          failureOf={() => useMapping.getState().failure?.message ?? ''}
        />
      )}
    </div>
  );
}
