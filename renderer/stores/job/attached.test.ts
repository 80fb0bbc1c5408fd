import { describe, expect, it, vi } from 'vitest';
import { HushError } from '../../../shared/model/failure.ts';
import { Attached, type AttachedStore, type Shown } from './attached.ts';

interface Told {
  readonly text: string;
  readonly status: string | null;
}

interface Push {
  readonly id: string;
  readonly seq: number;
  readonly events: readonly string[];
}

/** The state is all that was heard, as text; `.` ends it. */
const fold = ({ text }: Told, events: readonly string[]): Told => {
  const whole = text + events.join('');
  return { text: whole, status: whole.endsWith('.') ? 'complete' : null };
};
const EMPTY: Told = { text: '', status: null };

/** A store, and a main process that has said `said` so far. */
function open(said = '') {
  const main = { said, asked: 0, reports: 0, fails: false };
  let id: string | null = null;
  let shown: Shown<Told, string> = { snapshot: EMPTY, seq: 0, samples: [], report: null, failure: null };
  const failIf = (fails: boolean): void => {
    if (fails) throw new HushError({ code: 'RUN_NOT_ACTIVE', message: 'not here', reaction: 'fix-input' });
  };
  const store: AttachedStore<Push, string, Told, string> = {
    empty: EMPTY,
    idNow: () => id,
    get: () => shown,
    set: (part) => {
      shown = { ...shown, ...part };
    },
    begin: (next, nothing) => {
      id = next;
      shown = nothing;
    },
    idOf: (push) => push.id,
    fold,
    countDone: ({ text }) => text.length,
    askSnapshot: async () => {
      await Promise.resolve();
      main.asked += 1;
      failIf(main.fails);
      return { seq: main.said.length, snapshot: fold(EMPTY, [main.said]) };
    },
    askReport: async (of) => {
      await Promise.resolve();
      main.reports += 1;
      failIf(main.fails);
      return `report of ${of}`;
    },
  };
  const attached = new Attached<Push, string, Told, string>(store);
  return {
    main,
    attached,
    leave: () => {
      id = null;
    },
    text: () => shown.snapshot.text,
    shown: () => shown,
  };
}

const push = (seq: number, text: string, id = 'a'): Push => ({ id, seq, events: Array.from(text) });

describe('joining a job', () => {
  it('keeps what comes while the state is on its way, and counts each event once', async () => {
    const { attached, text } = open('abc');
    const joined = attached.attach('a');
    attached.take([push(4, 'cd')]);
    expect(text()).toBe('');
    await joined;
    expect(text()).toBe('abcd');
  });

  it('asks for the state anew when something is missing in between', async () => {
    const { main, attached, text } = open();
    await attached.attach('a');
    main.said = 'abcdef';
    attached.take([push(6, 'f')]);
    await vi.waitFor(() => {
      expect(text()).toBe('abcdef');
    });
    expect(main.asked).toBe(2);
  });

  it('goes on with the newest of two that were begun at the same time', async () => {
    const { attached, text } = open('abc');
    const both = [attached.attach('b'), attached.attach('a')];
    attached.take([push(4, 'x', 'b'), push(4, 'd')]);
    await Promise.all(both);
    expect(text()).toBe('abcd');
  });

  it('does not listen to another one', async () => {
    const { attached, text } = open();
    await attached.attach('a');
    attached.take([push(1, 'x', 'b')]);
    expect(text()).toBe('');
  });

  it('shows nothing of what is not on show any more', async () => {
    const { attached, shown, leave } = open('abc.');
    const joined = attached.attach('a');
    leave();
    await joined;
    expect(shown()).toMatchObject({ snapshot: EMPTY, report: null });
  });

  it('shows a failure, and listens again', async () => {
    const { main, attached, shown, text } = open();
    main.fails = true;
    await attached.attach('a');
    expect(shown().failure?.code).toBe('RUN_NOT_ACTIVE');
    attached.take([push(1, 'a')]);
    expect(text()).toBe('a');
  });
});

describe('the report', () => {
  it('is read once when the end is pushed', async () => {
    const { main, attached, shown } = open('a');
    await attached.attach('a');
    attached.take([push(2, '.')]);
    attached.take([push(2, '.')]);
    await vi.waitFor(() => {
      expect(shown().report).toBe('report of a');
    });
    expect(main.reports).toBe(1);
  });

  it('is read when the job had ended before it was joined', async () => {
    const { attached, shown } = open('a.');
    await attached.attach('a');
    expect(shown().report).toBe('report of a');
  });
});
