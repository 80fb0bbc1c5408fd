/** The window has no permission to use the clipboard by itself; a selection may always be copied by a click or a key. */
export function copyText(text: string): boolean {
  // The old way is named here without its deprecated type: the new one asks for the permission that is not given.
  const page: { execCommand: (command: string) => boolean } = document;
  const before = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = page.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}
