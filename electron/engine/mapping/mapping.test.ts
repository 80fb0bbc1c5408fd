import { describe, expect, it } from 'vitest';
import type { Move } from '../../../shared/model/batch/migrate.ts';
import { readMapping } from './read-mapping.ts';
import { inShard } from './shard.ts';
import { writeMapping } from './write-mapping.ts';

const row = (over: object): object => ({
  line: 2,
  source: 'a.ics',
  user: 'anna',
  secret: '',
  calendar: '',
  identity: '',
  mode: '',
  sourceUser: '',
  sourceSecret: '',
  ...over,
});

describe('readMapping', () => {
  it.each([
    ['source,user\na.ics,anna\n'],
    ['Source;User\r\na.ics;anna\r\n'],
    ['\ufefffrom\tmailbox\na.ics\tanna'],
    ['"File","Target user"\n"a.ics","anna"'],
    ['user, source\n anna , a.ics\n'],
    ['\n\nsource,user\n\n,\na.ics,anna'.replace(/^\n\n/, '')],
  ])('takes %j', (text) => {
    const { rows, problems, unknownColumns } = readMapping(text);
    expect([rows.map(({ source, user }) => [source, user]), problems, unknownColumns]).toEqual([
      [['a.ics', 'anna']],
      [],
      [],
    ]);
  });

  it('needs no headings for two columns', () => {
    expect(readMapping('a.ics,anna\nb.ics,ben\n').rows).toMatchObject([
      { line: 1, source: 'a.ics', user: 'anna' },
      { line: 2, source: 'b.ics', user: 'ben' },
    ]);
    expect(readMapping('a.ics,anna,SECRET\n').problems[0]?.message).toContain('does not name the columns');
  });

  it('knows every column in several spellings', () => {
    const text =
      'path;account;Password variable;URL;act-as;Scheduling;old user;old password\na.ics;anna;PW;work;match;none;a1;OLD\n';
    const cells = {
      secret: 'PW',
      calendar: 'work',
      identity: 'match',
      mode: 'none',
      sourceUser: 'a1',
      sourceSecret: 'OLD',
    };
    expect(readMapping(text)).toEqual({ rows: [row(cells)], problems: [], unknownColumns: [] });
    expect(readMapping('source,user,token\na.ics,anna,T\n').rows).toEqual([row({ secret: 'T', credential: 'token' })]);
  });

  it('names columns that it does not know, and goes on', () => {
    const { rows, unknownColumns } = readMapping('source,user,department\na.ics,anna,sales\n');
    expect([rows.length, unknownColumns]).toEqual([1, ['department']]);
  });

  it('leaves bad rows out, names line and column, and goes on', () => {
    const text = [
      'source,user,password,mode,identity',
      '=cmd|calc,anna,,,',
      'a.ics,@anna,,,',
      ',anna,,,',
      'a.ics,,,,',
      'a.ics,anna,,loudly,',
      'a.ics,anna,,,"a@x.test, b@x.test"',
      'a.ics,anna,PW,none,anna@x.test',
      'a.ics,ANNA,PW,none,anna@x.test',
      'b.ics,ben,PW,auto,,too,much',
    ].join('\n');
    const { rows, problems } = readMapping(text);
    expect(rows.map(({ line }) => line)).toEqual([8]);
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [2, 'source'],
      [3, 'user'],
      [4, 'source'],
      [5, 'user'],
      [6, 'mode'],
      [7, 'identity'],
      [9, 'user'],
      [10, ''],
    ]);
    expect(problems[6]?.message).toBe('It is the same as line 8.');
  });

  it('never repeats what may be a password', () => {
    const { rows, problems } = readMapping('source,user,password,source_password\na.ics,anna,Tr0ub4dor&3,p@ss word\n');
    expect(rows).toEqual([]);
    expect(problems.map(({ column }) => column)).toEqual(['password_env', 'source_password_env']);
    expect(JSON.stringify(problems)).not.toMatch(/Tr0ub|p@ss/);
    expect(problems[0]?.message).toContain('looks like a password itself');
  });

  it('counts lines right when a cell has line breaks, and says when a quote is never closed', () => {
    const text = 'source,user\n"a\nb.ics",anna\nc.ics,ben\nc.ics,ben\n';
    expect(readMapping(text).problems.map(({ line }) => line)).toEqual([2, 5]);
    const open = readMapping('source,user\na.ics,anna\n"b.ics,ben\nc.ics,cleo\n');
    expect([open.rows.length, open.problems.length]).toEqual([1, 1]);
    expect(open.problems[0]?.message).toContain('never closed');
  });

  it('says when a column is there twice, or when there is nothing', () => {
    const { problems, rows } = readMapping('source,user,file\na.ics,anna,b.ics\n');
    expect([rows[0]?.source, problems[0]?.column]).toEqual(['a.ics', 'file']);
    expect(readMapping(`source,user\na.ics,anna\n"${'x'.repeat(70_000)}",ben\n`)).toMatchObject({
      rows: [],
      problems: [{ message: expect.stringContaining('A row is longer than') as string }],
    });
    for (const mark of ['"', ',', '\n', '""', '","', ' '])
      expect(readMapping(mark.repeat(200_000)).rows, JSON.stringify(mark)).toEqual([]);
    expect(readMapping('').problems[0]?.message).toBe('There is no row in this list.');
    expect(readMapping('source,user\n')).toEqual({ rows: [], problems: [], unknownColumns: [] });
  });
});

describe('writeMapping', () => {
  const to = {
    url: 'https://new.test/',
    user: 'anna',
    way: 'own',
    actor: 'anna',
    credential: 'password',
    secret: 'PW',
  } as const;
  const move: Move = {
    line: 2,
    mailbox: 'anna',
    from: { kind: 'files', paths: ['old, calendars/anna.ics'] },
    to,
    calendarUrl: 'https://new.test/anna/work/',
    calendarName: 'Work',
    makes: true,
    identity: { kind: 'fixed', address: 'mailto:anna@x.test' },
    mode: 'none',
  };

  it('writes what can be read again', () => {
    const old = { ...to, url: 'https://old.test/', actor: 'a1', user: 'a1', secret: 'OLD' };
    const served: Move = { ...move, from: { kind: 'server', url: 'https://old.test/a1/work/', login: old } };
    const { rows, problems, unknownColumns } = readMapping(writeMapping([move, served]));
    expect([problems, unknownColumns]).toEqual([[], []]);
    const same = {
      user: 'anna',
      secret: 'PW',
      calendar: move.calendarUrl,
      identity: 'mailto:anna@x.test',
      mode: 'none',
    };
    expect(rows).toEqual([
      row({ ...same, source: 'old, calendars/anna.ics' }),
      row({ ...same, line: 3, source: 'https://old.test/a1/work/', sourceUser: 'a1', sourceSecret: 'OLD' }),
    ]);
  });

  it('gives a spreadsheet no formula', () => {
    const text = writeMapping([{ ...move, mailbox: '=HYPERLINK("x")' }]);
    expect(text).toContain(`"'=HYPERLINK`);
  });
});

describe('shards', () => {
  it('every user is in exactly one, the same one every time', () => {
    const users = Array.from({ length: 400 }, (_, at) => `user${at}@x.test`);
    const parts = [1, 2, 3, 4].map((index) => users.filter((user) => inShard(user, { index, of: 4 })));
    expect(parts.flat().sort()).toEqual([...users].sort());
    for (const part of parts) expect(part.length).toBeGreaterThan(60);
    // Written down: a later version that sorts otherwise would do mailboxes twice, or not at all.
    expect(users.slice(0, 6).map((user) => [1, 2, 3, 4].find((index) => inShard(user, { index, of: 4 })))).toEqual([
      1, 1, 2, 1, 1, 3,
    ]);
    expect(inShard('ANNA ', { index: 1, of: 1 })).toBe(true);
  });
});
