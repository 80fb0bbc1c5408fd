import { describe, expect, it } from 'vitest';
import { filesIn, OpenedFiles } from './opened-files.ts';

describe('the files that a start was given', () => {
  it.each([
    ['packed', ['/opt/hushcal', '--no-sandbox', '/home/a/x.ics', 'y.ics'], null, ['/home/a/x.ics', '/work/y.ics']],
    ['as a URL', ['/opt/hushcal', 'file:///home/a/two%20words.ics'], null, ['/home/a/two words.ics']],
    ['a broken URL', ['/opt/hushcal', 'file://elsewhere/%'], null, ['/work/file:/elsewhere/%']],
    ['of the runtime', ['/bin/electron', '-r', '/hold.cjs', '.', '--flag', 'x.ics'], '/work', ['/work/x.ics']],
    ['of the runtime, none', ['/bin/electron', '-r', '/hold.cjs', '.'], '/work', []],
    ['of something else', ['/bin/electron', '/hold.cjs'], '/elsewhere', []],
  ])('%s', (_name, argv, appPath, paths) => {
    expect(filesIn(argv, '/work', appPath)).toEqual(paths);
  });
});

describe('files that wait for the page', () => {
  it('are those that came last, are said once, and are gone when taken', () => {
    const opened = new OpenedFiles();
    let changes = 0;
    opened.whenChanged(() => (changes += 1));
    opened.add(['/a.ics']);
    opened.addFrom({ paths: ['/b.ics', 'relative.ics', '/c.ics'] });
    expect([opened.waiting, changes]).toEqual([['/b.ics', '/c.ics'], 2]);
    expect([opened.take(), opened.waiting]).toEqual([['/b.ics', '/c.ics'], []]);
  });

  it.each([[undefined], [null], ['/a.ics'], [{ paths: '/a.ics' }], [{ paths: [7] }], [{ paths: [] }]])(
    'are not what else a second start may say: %j',
    (said) => {
      const opened = new OpenedFiles();
      opened.addFrom(said);
      expect(opened.waiting).toEqual([]);
    },
  );
});
