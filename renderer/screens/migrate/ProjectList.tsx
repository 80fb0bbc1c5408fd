import { Button, TextInput } from '@mantine/core';
import { useEffect, useState, type JSX } from 'react';
import { PROJECT_NAME_LENGTH, type ProjectEntry } from '../../../shared/model/batch/project.ts';
import { Chip } from '../../components/Chip.tsx';
import { Confirm } from '../../components/Confirm.tsx';
import { FormDialog } from '../../components/frame/FormDialog.tsx';
import { Note, Notice } from '../../components/Notice.tsx';
import { useBatches } from '../../stores/batch/batches.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { showBatch } from '../../stores/batch/navigation.ts';
import { useProjects } from '../../stores/batch/projects.ts';
import { batchHeadline } from '../../words/batch.ts';
import { formatMoment, plural } from '../../words/format.ts';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';
import entry from '../../components/entry.module.css';
import styles from './migrate.module.css';

/** Migrations in the making under a name: opened again after a restart, with what came of them last. */
export function ProjectList(): JSX.Element | null {
  const { list, failure, load } = useProjects();
  const loadBatches = useBatches((state) => state.load);
  useEffect(() => {
    void load();
    void loadBatches();
  }, [load, loadBatches]);
  const projects = list?.projects ?? [];
  const damaged = list?.damaged ?? [];
  if (failure === null && projects.length + damaged.length === 0) return null;
  return (
    <section className={classes(parts.card, parts.padded, 'stack tight')} aria-label="Projects" data-testid="projects">
      <h2>Your projects</h2>
      {failure !== null && <Notice failure={failure} />}
      {damaged.length > 0 && (
        <Note tone="warn" role="status">
          {damaged.map(({ file, message }) => (
            <p key={file}>{message}</p>
          ))}
        </Note>
      )}
      <ul className={styles.projectList}>
        {projects.map((project) => (
          <Project key={project.id} project={project} />
        ))}
      </ul>
    </section>
  );
}

type Asked = 'rename' | 'delete' | null;

function Project({ project }: { readonly project: ProjectEntry }): JSX.Element {
  const { id, name, rows, source, target, savedAt } = project;
  const [asked, setAsked] = useState<Asked>(null);
  const { duplicate, remove } = useProjects.getState();
  const openProject = useMapping((state) => state.openProject);
  const busy = useMapping((state) => state.busy);
  const close = (): void => {
    setAsked(null);
  };
  const from = source === null ? 'from files' : `from ${source}`;
  return (
    <li className={classes(entry.runEntry, entry.projectEntry)} data-testid="project">
      <div className={entry.what}>
        <span className="strong ellipsis" dir="auto">
          {name}
        </span>
        <span className="small dim ellipsis">
          {plural(rows, 'row')} · {from} {target !== null && `to ${target}`} · saved {formatMoment(savedAt, new Date())}
        </span>
        <LastResult batchId={project.lastBatch} />
      </div>
      <div className={entry.buttons}>
        <Button
          size="xs"
          variant="filled"
          disabled={busy}
          aria-label={`Open ${name}`}
          onClick={() => void openProject(id)}
        >
          Open
        </Button>
        <Button
          size="xs"
          aria-label={`Rename ${name}`}
          onClick={() => {
            setAsked('rename');
          }}
        >
          Rename…
        </Button>
        <Button size="xs" aria-label={`Duplicate ${name}`} onClick={() => void duplicate(id)}>
          Duplicate
        </Button>
        <Button
          size="xs"
          variant="subtle"
          aria-label={`Delete ${name}`}
          onClick={() => {
            setAsked('delete');
          }}
        >
          Delete…
        </Button>
      </div>
      {asked === 'rename' && <RenameDialog project={project} onClose={close} />}
      <Confirm
        opened={asked === 'delete'}
        title={`Delete the project “${name}”?`}
        yes="Delete the project"
        danger
        onClose={close}
        onYes={() => {
          close();
          void remove(id);
        }}
      >
        <p>
          Its servers, {plural(rows, 'row')} and rules are deleted from this computer. Backups, calendars and what
          History has of it stay.
        </p>
      </Confirm>
    </li>
  );
}

/** What came of the last migration of a project; nothing where History has it no more. */
export function LastResult({ batchId }: { readonly batchId: string | null }): JSX.Element | null {
  const batch = useBatches((state) => state.list?.find((one) => one.batchId === batchId));
  if (batch === undefined) return null;
  const { title, tone } = batchHeadline(batch);
  return (
    <span className="row small" data-testid="last-result">
      <Chip tone={batch.running ? 'upd' : tone}>{batch.running ? 'Running' : 'Last run'}</Chip>
      <span className="dim ellipsis">
        {batch.running ? '' : `${title}, `}
        {formatMoment(batch.startedAt, new Date())}
      </span>
      <button
        type="button"
        className={classes(parts.link, 'nowrap')}
        onClick={() => void showBatch(batch, batch.running)}
      >
        {batch.running ? 'Watch' : 'Report'}
      </button>
    </span>
  );
}

function RenameDialog({
  project,
  onClose,
}: {
  readonly project: ProjectEntry;
  readonly onClose: () => void;
}): JSX.Element {
  const rename = useProjects((state) => state.rename);
  return (
    <NameDialog
      title="Rename the project"
      yes="Rename"
      name={project.name}
      onClose={onClose}
      onName={(name) => rename(project.id, name)}
      failureOf={() => useProjects.getState().failure?.message ?? ''}
    />
  );
}

interface NameDialogProps {
  readonly title: string;
  readonly yes: string;
  readonly name: string;
  readonly says?: string;
  readonly onClose: () => void;
  /** Whether the name was taken. */
  readonly onName: (name: string) => Promise<boolean>;
  /** Why it was not. */
  readonly failureOf: () => string;
}

/** Asks for the name of a project. */
export function NameDialog({ title, yes, name, says, onClose, onName, failureOf }: NameDialogProps): JSX.Element {
  const [typed, setTyped] = useState(name);
  const [wrong, setWrong] = useState('');
  const take = async (): Promise<void> => {
    if (await onName(typed.trim())) onClose();
    else setWrong(failureOf());
  };
  return (
    <FormDialog
      title={title}
      dirty={typed.trim() !== name}
      onClose={onClose}
      onSubmit={() => void take()}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={typed.trim() === ''}>
            {yes}
          </Button>
        </>
      }
    >
      <TextInput
        label="Name of the project"
        description={says}
        maxLength={PROJECT_NAME_LENGTH}
        error={wrong === '' ? undefined : wrong}
        data-autofocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
      />
    </FormDialog>
  );
}
