import { expect, it } from 'vitest';
import { EventQueue } from './events.ts';

it('ends with what was said before its close, whatever is said after it', async () => {
  const queue = new EventQueue<string>();
  queue.push('started');
  queue.push('settled');
  queue.close();
  queue.push('paused');
  const heard: string[] = [];
  for await (const batch of queue.batches()) heard.push(...batch);
  expect(heard).toEqual(['started', 'settled']);
});
