import { Menu, type BrowserWindow, type ContextMenuParams, type MenuItemConstructorOptions } from 'electron';

/** What a right click, the Menu key or Shift+F10 offers in a field: the window draws no menu of its own there. */
export function offerEditMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, params) => {
    const items = editItems(params);
    if (items.length > 0) Menu.buildFromTemplate([...items]).popup({ window });
  });
}

type Clicked = Pick<ContextMenuParams, 'isEditable' | 'editFlags' | 'selectionText'>;

/** Empty where there is nothing to copy and nothing to write into. The platform copies nothing out of a password field. */
function editItems({ isEditable, editFlags, selectionText }: Clicked): readonly MenuItemConstructorOptions[] {
  const copy = { role: 'copy', enabled: editFlags.canCopy } as const;
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy];
  return [
    { role: 'undo', enabled: editFlags.canUndo },
    { role: 'redo', enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', enabled: editFlags.canCut },
    copy,
    { role: 'paste', enabled: editFlags.canPaste },
    { role: 'delete', enabled: editFlags.canDelete },
    { type: 'separator' },
    { role: 'selectAll', enabled: editFlags.canSelectAll },
  ];
}
