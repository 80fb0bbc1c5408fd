import { expect, it } from 'vitest';
import { UsageError } from './args.ts';
import { readRewrites } from './rewrites.ts';

it('reads what is to be changed in the events', () => {
  expect(readRewrites([])).toEqual({});
  expect(readRewrites(['email-alarms'])).toEqual({ rewrites: { emailAlarms: true } });
  expect(readRewrites(['domain:Old.Example=new.example', 'email-alarms', 'domain:b.test=c.test'])).toEqual({
    rewrites: {
      emailAlarms: true,
      domains: [
        { from: 'old.example', to: 'new.example' },
        { from: 'b.test', to: 'c.test' },
      ],
    },
  });
});

it.each(['alarms', 'domain:', 'domain:old.example', 'domain:=new', 'domain:a@old=b', 'domain:a=b c'])(
  'refuses "%s"',
  (word) => {
    expect(() => readRewrites([word])).toThrow(UsageError);
  },
);

it('refuses one domain with two others', () => {
  expect(() => readRewrites(['domain:a.test=b.test', 'domain:A.test=c.test'])).toThrow('"a.test"');
});
