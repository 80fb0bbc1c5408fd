import { describe, expect, it } from 'vitest';
import { DroppedPaths } from './dropped-paths.ts';
import type { Sender } from './checks.ts';

const US: Sender = { url: 'app://hushcal/index.html', isTopFrame: true, isOurWindow: true };
const refused = expect.objectContaining({ failure: expect.objectContaining({ code: 'SOURCE_NO_PATH' }) as unknown });

function opens(drops: DroppedPaths, ...paths: readonly string[]): unknown {
  try {
    drops.check(paths);
    return true;
  } catch (error) {
    return error;
  }
}

describe('paths of a drop', () => {
  it('are opened, and no others', () => {
    const drops = new DroppedPaths();
    expect(opens(drops, '/home/anna/a.ics')).toEqual(refused);
    drops.hear(US, ['/home/anna/a.ics', '/home/anna/b.zip']);
    expect(opens(drops, '/home/anna/a.ics', '/home/anna/b.zip')).toBe(true);
    for (const other of ['/etc/passwd', '/home/anna/a.ics/../.ssh/id_rsa', '/home/anna', '/home/anna/A.ics', ''])
      expect(opens(drops, '/home/anna/a.ics', other), other).toEqual(refused);
  });

  it.each([
    ['another page', { ...US, url: 'https://evil.example/' }],
    ['a frame', { ...US, isTopFrame: false }],
    ['another window', { ...US, isOurWindow: false }],
    ['a frame that is gone', null],
  ])('are not heard from %s', (_who, sender) => {
    const drops = new DroppedPaths();
    expect(() => drops.hear(sender, ['/home/anna/a.ics'])).toThrow();
    expect(opens(drops, '/home/anna/a.ics')).toEqual(refused);
  });

  it.each([
    ['no list', 'x'],
    ['no texts', [1]],
    ['a relative one', ['a.ics']],
    ['none', []],
    ['nothing', undefined],
  ])('are none: %s', (_what, said) => {
    const drops = new DroppedPaths();
    drops.hear(US, said);
    expect(opens(drops, 'a.ics')).toEqual(refused);
  });

  it('are forgotten after a few more drops, and what is no drop pushes none out', () => {
    const drops = new DroppedPaths();
    drops.hear(US, ['/a.ics']);
    for (let nth = 0; nth < 20; nth += 1) drops.hear(US, []);
    expect(opens(drops, '/a.ics')).toBe(true);
    for (let nth = 0; nth < 5; nth += 1) drops.hear(US, [`/${String(nth)}.ics`]);
    expect(opens(drops, '/a.ics')).toEqual(refused);
    expect(opens(drops, '/0.ics', '/4.ics')).toBe(true);
  });
});
