import type { Ports } from '../ports.ts';
import type { HandlersOf } from '../types.ts';

export function practiceHandlers({ practice }: Pick<Ports, 'practice'>): HandlersOf<'practice'> {
  return {
    'practice.state': () => practice.state(),
    'practice.clear_messages': async () => {
      await practice.clearMessages();
      return {};
    },
    'practice.start_again': async () => {
      await practice.startAgain();
      return {};
    },
    'practice.reset': async () => {
      await practice.reset();
      return {};
    },
  };
}
