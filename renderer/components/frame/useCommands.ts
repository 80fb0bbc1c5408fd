import { useEffect } from 'react';
import { isPressed, MENU_KEYS, type Command } from '../../../shared/model/shortcuts.ts';
import { on } from '../../bridge/client.ts';
import { useApp } from '../../stores/app.ts';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { obey, openRecent } from '../../stores/commands.ts';
import { useFind } from '../../stores/find.ts';
import { useFlow } from '../../stores/job/flow.ts';

/** Commands whose keys the page hears by itself; the others come from the menu. */
const OWN: readonly Command[] = ['find', 'shortcuts'];

/** Does what the menu and its keys ask for. */
export function useCommands(): void {
  useEffect(() => {
    const ends = [
      on('app.command', ({ command }) => {
        if (command === 'find') goToSearch();
        else obey(command);
      }),
      on('recent.open', openRecent),
    ];
    const press = (event: KeyboardEvent): void => {
      const command = OWN.find((name) => {
        const keys = MENU_KEYS[name];
        return keys !== undefined && isPressed(keys, event);
      });
      if (command === undefined || event.defaultPrevented) return;
      // A sign is typed where text can be typed.
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && isTextField(event.target)) return;
      event.preventDefault();
      if (command === 'find') goToSearch();
      else if (command === 'shortcuts' && document.querySelector('[role="dialog"]') === null) obey(command);
    };
    document.addEventListener('keydown', press);
    return () => {
      document.removeEventListener('keydown', press);
      for (const end of ends) end();
    };
  }, []);
}

/** The search field of what is in front. The first step of a restore has none of its own: it searches backups. */
function goToSearch(): void {
  const dialog = document.querySelector('[role="dialog"]');
  const fields = (dialog ?? document).querySelectorAll<HTMLInputElement>('input[type="search"], [role="search"] input');
  const field = [...fields].find((one) => one.checkVisibility());
  if (field !== undefined) {
    field.focus();
    field.select();
  } else if (dialog === null && isChoosing()) useFind.getState().show(true);
}

function isChoosing(): boolean {
  const { kind, step } = useFlow.getState();
  const inRestore = useApp.getState().screen === 'restore' && useNavigation.getState().restore === 'one';
  return inRestore && kind === 'restore' && step === 'choose';
}

function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
}
