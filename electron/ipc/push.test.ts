import { expect, test } from 'vitest';
import { toFailure } from '../../shared/model/failure.ts';
import { checkedPush } from './push.ts';

function pushed(data: unknown): { readonly sent: readonly unknown[]; readonly refused: readonly string[] } {
  const sent: unknown[] = [];
  const refused: string[] = [];
  const push = checkedPush(
    (name, checked) => sent.push([name, checked]),
    (failure) => refused.push(toFailure(failure).code, toFailure(failure).message),
  );
  // The compiler refuses what does not fit; this is for what it cannot see.
  push('app.command', data as never);
  return { sent, refused };
}

test('a push that fits is sent', () => {
  expect(pushed({ command: 'help' })).toEqual({ sent: [['app.command', { command: 'help' }]], refused: [] });
});

test.each([{ command: 'help', secret: 'CANARY' }, { command: 'CANARY' }, 'CANARY'])(
  'a push with more or other things in it than was agreed does not leave: %j',
  (data) => {
    const { sent, refused } = pushed(data);
    expect(sent).toEqual([]);
    expect(refused).toEqual(['IPC_INVALID_PUSH', expect.stringContaining('app.command')]);
    expect(JSON.stringify(refused)).not.toContain('CANARY');
  },
);
