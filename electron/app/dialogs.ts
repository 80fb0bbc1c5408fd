import { dialog, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron';
import type { ReportFormat } from '../../shared/model/report.ts';

const BACKUPS: FileFilter[] = [
  { name: 'Calendar backups', extensions: ['ics', 'ical', 'ifb', 'vcs', 'zip', 'eml'] },
  { name: 'All files', extensions: ['*'] },
];
const REPORTS: Readonly<Record<ReportFormat, FileFilter>> = {
  html: { name: 'Web page', extensions: ['html'] },
  csv: { name: 'Table', extensions: ['csv'] },
  json: { name: 'JSON', extensions: ['json'] },
};

/** Absolute paths, or null when the person cancels. */
export async function choosePaths(window: BrowserWindow, what: 'files' | 'folder'): Promise<readonly string[] | null> {
  const options: OpenDialogOptions =
    what === 'files'
      ? { title: 'Choose backups', properties: ['openFile', 'multiSelections'], filters: BACKUPS }
      : { title: 'Choose a folder of backups', properties: ['openDirectory'] };
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
  return canceled ? null : filePaths;
}

/** Where to save a report, or null when the person cancels. */
export async function chooseTarget(window: BrowserWindow, name: string, format: ReportFormat): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save the report',
    defaultPath: name,
    filters: [REPORTS[format]],
  });
  return canceled || filePath === '' ? null : filePath;
}

/** Whether the window may close although a run goes on. */
export async function askToClose(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'A restore is going on',
    message: 'A restore is going on. Stop it and close Hushcal?',
    detail: 'What is under way will be finished. The rest can be resumed from History.',
    buttons: ['Keep it running', 'Stop and close'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
