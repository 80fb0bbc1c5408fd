import { pushes } from '../../shared/ipc/contract.ts';
import { agreed } from './runs/agreed.ts';
import type { Push } from './types.ts';

/**
 * A push that lets out only what its schema says. What does not fit is not sent, and the run or the plan that it tells of
 * goes on: `refused` hears of it, in a sentence without values.
 */
export function checkedPush(send: (name: string, data: unknown) => void, refused: (failure: unknown) => void): Push {
  return (name, data) => {
    let checked: unknown;
    try {
      checked = agreed(pushes[name], data, 'IPC_INVALID_PUSH', `The push ${name}`);
    } catch (failure) {
      refused(failure);
      return;
    }
    send(name, checked);
  };
}
