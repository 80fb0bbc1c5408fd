import { Button, NumberInput, Switch } from '@mantine/core';
import { useEffect, useState, type JSX } from 'react';
import type { MovedRuns, SettingsView } from '../../../shared/ipc/settings-routes.ts';
import { CONNECTIONS } from '../../../shared/model/defaults.ts';
import { useApp } from '../../stores/app.ts';
import { useRecents } from '../../stores/recents.ts';
import { useSettings } from '../../stores/settings.ts';
import { plural } from '../../words/format.ts';
import { ProgramDialog } from './ProgramDialog.tsx';
import { ThemeSwitch } from '../frame/ThemeSwitch.tsx';
import { Note, Notice } from '../Notice.tsx';
import styles from './dialogs.module.css';

/** What holds for the window. Each change holds at once: there is nothing to save. */
export function SettingsDialog(): JSX.Element {
  const opened = useApp((state) => state.dialog === 'settings');
  const { settings, failure, load } = useSettings();
  useEffect(() => {
    if (opened) void load();
  }, [opened, load]);
  return (
    <ProgramDialog name="settings" title="Settings" size={620}>
      <div className={styles.settings} data-testid="settings">
        <section aria-labelledby="settings-looks">
          <h3 id="settings-looks">Appearance</h3>
          <ThemeSwitch named />
        </section>
        {settings !== null && (
          <>
            <Connections settings={settings} />
            <Notifications settings={settings} />
            <Runs runs={settings.runs} />
          </>
        )}
        <Recents />
        {failure !== null && <Notice failure={failure} />}
      </div>
    </ProgramDialog>
  );
}

function Connections({ settings }: { readonly settings: SettingsView }): JSX.Element {
  const change = useSettings((state) => state.change);
  const [typed, setTyped] = useState<string | number>(settings.connections);
  return (
    <section aria-labelledby="settings-connections">
      <h3 id="settings-connections">Connections</h3>
      <NumberInput
        label="Requests to one server at the same time"
        description={`Fewer are gentler to a small server; more are seldom faster. Usually ${String(CONNECTIONS)}.`}
        w={300}
        min={1}
        max={32}
        clampBehavior="blur"
        allowDecimal={false}
        value={typed}
        onChange={setTyped}
        onBlur={(event) => {
          const connections = Math.min(32, Math.max(1, Number(event.currentTarget.value)));
          if (Number.isInteger(connections) && connections !== settings.connections) void change({ connections });
        }}
      />
    </section>
  );
}

function Notifications({ settings }: { readonly settings: SettingsView }): JSX.Element {
  const change = useSettings((state) => state.change);
  return (
    <section aria-labelledby="settings-notifications">
      <h3 id="settings-notifications">Notifications</h3>
      <Switch
        label="Say on the desktop when a job has ended"
        description="Only while this window is not in front. It names the calendar and numbers, no event and no person."
        checked={settings.notifications}
        onChange={(event) => void change({ notifications: event.currentTarget.checked })}
      />
    </section>
  );
}

function Runs({ runs }: { readonly runs: SettingsView['runs'] }): JSX.Element {
  const { left, chooseRuns, standardRuns } = useSettings();
  return (
    <section aria-labelledby="settings-runs">
      <h3 id="settings-runs">Folder of runs</h3>
      <p className={styles.path} data-testid="runs-folder">
        {runs.folder}
      </p>
      <p className="small dim">
        {runs.count === null ? '' : `${plural(runs.count, 'run')} here. `}Each holds a report and what its undo needs.
        Another folder holds new runs from now on; those so far stay where they are, and are listed again when you
        choose their folder. The command line finds this folder by itself.
      </p>
      {runs.gone && (
        <Note tone="bad" role="alert">
          This folder is not there. Nothing is run until its disk is connected or another folder is chosen.
        </Note>
      )}
      {left !== null && <LeftBehind left={left} />}
      <div className="row">
        <Button onClick={() => void chooseRuns()}>Choose another folder…</Button>
        {runs.folder !== runs.standard && <Button onClick={() => void standardRuns()}>Use the usual folder</Button>}
      </div>
    </section>
  );
}

function LeftBehind({ left }: { readonly left: NonNullable<MovedRuns['left']> }): JSX.Element {
  return (
    <Note tone="info" role="status">
      <div>
        {plural(left.count, 'run')} {left.count === 1 ? 'stays' : 'stay'} in the folder before, no longer listed here:
      </div>
      <div className={styles.path}>{left.folder}</div>
    </Note>
  );
}

function Recents(): JSX.Element {
  const { backups, clear } = useRecents();
  return (
    <section aria-labelledby="settings-recents">
      <h3 id="settings-recents">Opened last</h3>
      <div className="row">
        <span className="grow small dim">
          {backups.length === 0
            ? 'No backup is in File > Open recent.'
            : `${plural(backups.length, 'backup')} in File > Open recent: names and folders, on this computer only.`}
        </span>
        <Button disabled={backups.length === 0} onClick={() => void clear()}>
          Clear the list
        </Button>
      </div>
    </section>
  );
}
