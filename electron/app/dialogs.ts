import { dialog, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron';
import type { SavedFormat } from '../../shared/model/kept/report.ts';
import type { Desktop } from '../ipc/ports.ts';
import { MADE_FOR } from './constants.ts';

const BACKUPS: FileFilter[] = [
  {
    name: 'Calendar backups',
    extensions: ['ics', 'ical', 'ifb', 'vcs', 'zip', 'gz', 'tgz', 'tar', 'eml', 'mbox', 'json'],
  },
  { name: 'All files', extensions: ['*'] },
];
const REPORTS: Readonly<Record<SavedFormat | 'zip' | 'diagnostics', FileFilter>> = {
  zip: { name: 'Backup', extensions: ['zip'] },
  diagnostics: { name: 'Diagnostics', extensions: ['zip'] },
  pdf: { name: 'PDF', extensions: ['pdf'] },
  html: { name: 'Web page', extensions: ['html'] },
  csv: { name: 'Table', extensions: ['csv'] },
  json: { name: 'JSON', extensions: ['json'] },
};

const SAVES: Readonly<Partial<Record<SavedFormat | 'zip' | 'diagnostics', string>>> = {
  zip: 'Save the backup',
  diagnostics: 'Save diagnostics',
};

const LISTS: FileFilter[] = [
  { name: 'Tables', extensions: ['csv', 'tsv', 'txt'] },
  { name: 'All files', extensions: ['*'] },
];

const OPEN: Readonly<Record<Parameters<Desktop['choosePaths']>[0], OpenDialogOptions>> = {
  files: { title: 'Choose backups', properties: ['openFile', 'multiSelections'], filters: BACKUPS },
  folder: { title: 'Choose a folder of backups', properties: ['openDirectory'] },
  runs: { title: 'Choose the folder of runs', properties: ['openDirectory', 'createDirectory'] },
  originals: { title: 'Choose where to save the originals', properties: ['openDirectory', 'createDirectory'] },
  mapping: { title: 'Choose a mapping', properties: ['openFile'], filters: LISTS },
  certificate: {
    title: 'Choose a certificate or a key',
    properties: ['openFile'],
    filters: [
      { name: 'Certificates and keys', extensions: ['pem', 'crt', 'cer', 'key', 'p12', 'pfx'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  passwords: { title: 'Choose a list of users and app passwords', properties: ['openFile'], filters: LISTS },
};

/** Absolute paths, or null when the person cancels. */
export async function choosePaths(
  window: BrowserWindow,
  what: Parameters<Desktop['choosePaths']>[0],
): Promise<readonly string[] | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, OPEN[what]);
  return canceled ? null : filePaths;
}

/** Where to save a report or a backup, or null when the person cancels. */
export async function chooseTarget(
  window: BrowserWindow,
  name: string,
  format: SavedFormat | 'zip' | 'diagnostics',
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: SAVES[format] ?? 'Save the report',
    defaultPath: name,
    filters: [REPORTS[format]],
  });
  return canceled || filePath === '' ? null : filePath;
}

/** Whether the window may close although a job is running. */
export async function askToClose(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'A job is still running',
    message: 'A job is still running. Stop it and quit?',
    detail: 'Requests in progress are finished first. The rest can be resumed from History.',
    buttons: ['Keep it running', 'Stop and quit'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

/** The engine's process has ended: what was chosen is gone, what was written is kept. */
export async function tellEngineEnded(window: BrowserWindow): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'error',
    title: 'Something unexpected happened',
    message: 'What Hushcal was doing has ended unexpectedly.',
    detail:
      'The window has begun anew, and a plan that was shown must be made again. A run that was in progress can be resumed from History.',
    buttons: ['Continue'],
    noLink: true,
  });
}

/** Whether a test build may write to a real server. */
export async function askToWrite(window: BrowserWindow): Promise<boolean> {
  const [has = 0, wants = 0] = [process.versions.electron, MADE_FOR].map((version) => Number.parseInt(version, 10));
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Test build',
    message: 'This is a test build. Write to a LIVE server anyway?',
    detail:
      `It runs on Electron ${process.versions.electron}, ${String(wants - has)} versions older than the one that this ` +
      `Hushcal is made for (${MADE_FOR}), and gets no security updates.`,
    buttons: ['Do not write', 'Write anyway'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
