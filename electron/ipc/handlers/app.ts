import type { Ports } from '../ports.ts';
import type { HandlersOf } from '../types.ts';

export function appHandlers({ desktop }: Pick<Ports, 'desktop'>): HandlersOf<'app'> {
  return {
    'app.info': () => desktop.info(),
    'app.introduced': async () => {
      await desktop.noteIntroduced();
      return {};
    },
    'app.set_theme': async ({ theme }) => {
      await desktop.setTheme(theme);
      return {};
    },
  };
}
