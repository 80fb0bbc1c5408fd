import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setHere } from '../../../shared/words/here.ts';
import { NOBODY } from '../../../shared/model/scheduling.ts';
import { ZERO_TOTALS } from '../../../shared/model/outcome.ts';
import { runReport, type ReportItem, type RunReport } from '../../../shared/model/kept/report.ts';
import { exportReport as exportPieces } from './export.ts';

const item: ReportItem = {
  row: 0,
  uid: 'a@example.com',
  title: 'Planning',
  start: '2026-11-23T09:30:00',
  href: '/cal/a.ics',
  action: 'create',
  outcome: 'created',
  reason: '',
  file: 'backup.ics',
  line: 4,
  components: 1,
  status: 201,
  actingAs: null,
  repairs: [],
  verified: 'same',
  verifiedProperties: [],
};

beforeAll(() => {
  setHere({ locale: 'en-US', timeZone: 'Europe/Berlin' });
});
afterAll(() => {
  setHere({});
});

const exportReport = (...of: Parameters<typeof exportPieces>): string => [...exportPieces(...of)].join('');

function report(items: readonly ReportItem[]): RunReport {
  const verdict = {
    asked: 'none',
    effective: 'none',
    assurance: 'advertised',
    because: 'It <says> so.',
    alternatives: [],
    checkedAt: '2026-11-22T12:00:00Z',
    undo: 'Quiet.',
  } as const;
  return {
    version: 1,
    run: {
      runId: '20261122T120000-abcd',
      job: 'restore',
      startedAt: '2026-11-22T12:00:00.000Z',
      endedAt: '2026-11-22T12:01:00.000Z',
      server: 'mail.test',
      calendar: 'Work',
      calendarUrl: 'https://mail.test/cal/',
      user: 'anna',
      sources: ['backup.ics'],
      status: 'incomplete',
      running: false,
      asked: 'none',
      effective: 'none',
      totals: { ...ZERO_TOTALS, created: 1, failed: 1 },
      verified: 1,
      notified: 0,
      canUndo: true,
    },
    summary: {
      hash: 'f00',
      counts: { create: 2, update: 0, delete: 0, unchanged: 0, skip: 0, supersede: 0, conflict: 0, reject: 0 },
      resources: 2,
      components: 2,
      withGuests: 0,
      past: 0,
      findings: 0,
      notified: { none: NOBODY, 'internal-only': NOBODY, 'external-only': NOBODY, all: NOBODY },
      verdict,
      verdicts: { none: verdict, 'internal-only': verdict, 'external-only': verdict, all: verdict },
      actingAs: { '': 2 },
      ambiguous: 0,
      strangers: 0,
      stops: [],
      topRecipients: [],
      months: [],
    },
    items,
    notes: ['Mind the "gap".'],
  };
}

const evil = '=HYPERLINK("http://evil.test","x")<script>alert(1)</script>';
const failed: ReportItem = {
  ...item,
  row: 1,
  title: evil,
  outcome: 'failed',
  reason: 'The server says: "no", & more',
  verified: null,
};

describe('CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('gives a spreadsheet no formula: %j', (title) => {
    const csv = exportReport(report([{ ...item, title }]), 'csv');
    const [row] = parse(csv, { columns: true, bom: true });
    expect(row).toMatchObject({ title: `'${title}` });
  });

  it.each(['\n=1', 'a\n=1', 'a\r=1', 'a;=1', 'a\t=1'])('makes no cell of a part of a title: %j', (title) => {
    const csv = exportReport(report([{ ...item, title }]), 'csv');
    expect(csv).toContain(`"${title}"`);
    expect(parse(csv, { columns: true, bom: true })).toMatchObject([{ title }]);
  });

  it('keeps quotes, commas and line ends', () => {
    const csv = exportReport(report([{ ...item, title: 'a, "b"\r\nc' }]), 'csv');
    expect(parse(csv, { columns: true, bom: true })).toMatchObject([
      { title: 'a, "b"\r\nc', line: '4', outcome: 'created' },
    ]);
  });
});

describe('HTML', () => {
  const html = exportReport(report([item, failed]), 'html');

  it('carries no script and nothing from elsewhere', () => {
    expect(html).not.toMatch(/<script/i);
    expect(html).not.toMatch(/\s(?:src|href|on\w+)=/i);
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain("default-src 'none'");
  });

  it('puts trouble first, with file, line and the words of the server', () => {
    expect(html.indexOf('Needs attention (1)')).toBeLessThan(html.indexOf('All other events (1)'));
    expect(html).toContain('<bdi>line 4</bdi>');
    expect(html).toContain('The server says: &quot;no&quot;, &amp; more');
    expect(html).toContain('Finished, but some events need attention.');
    expect(html).not.toContain('Everything was done');
  });

  it('puts what a selection left out after what was done', () => {
    const skipped: ReportItem = { ...item, uid: 'b', title: 'Left out', outcome: 'skipped', action: 'skip' };
    const html = exportReport(report([skipped, item]), 'html');
    expect(html.indexOf('Planning')).toBeLessThan(html.indexOf('Left out'));
    expect(html).toContain('All events (2)');
  });

  it('says mode, reason and who was told', () => {
    expect(html).toContain('Notify nobody (none)');
    expect(html).toContain('Nobody was notified');
    expect(html).toContain('It &lt;says&gt; so.');
    expect(html).toContain('Mind the &quot;gap&quot;.');
  });
});

describe('what is found in many events', () => {
  const removed = 'METHOD:PUBLISH is removed.';
  const own = 'Line 7 has no name.';
  const many = Array.from({ length: 39 }, (_, row) => ({
    ...item,
    row,
    repairs: row === 3 ? [removed, own] : [removed],
  }));
  const html = exportReport(report(many), 'html');

  it('is said once, and each event names its number', () => {
    expect(html.match(/METHOD:PUBLISH is removed/g)).toHaveLength(1);
    expect(html).toContain('<small>(39 events)</small>');
    expect(html.match(/<td>Note 1<\/td>/g)).toHaveLength(38);
    expect(html).toContain(`${own} Note 1`);
  });

  it('leaves good rows in peace', () => {
    expect(exportReport(report([item]), 'html')).not.toContain('Read back');
  });
});

describe('the head', () => {
  it('says ticket, operator, server, user and calendar, and when in a zone that is named', () => {
    const made = report([item]);
    const run = { ...made.run, ticket: 'INC-4711', note: 'Alice <called>.', operator: 'helpdesk' };
    const html = exportReport({ ...made, run }, 'html');
    const rows = [...html.matchAll(/<th scope="row">(\w+)<\/th>/g)].map(([, name]) => name);
    expect(rows.slice(0, 6)).toEqual(['Ticket', 'Note', 'Operator', 'Server', 'User', 'Calendar']);
    expect(html).toContain('Alice &lt;called&gt;.');
    expect(html).toMatch(/<p class="when">[^<]*Nov 22, 2026, 1:00.PM Europe\/Berlin/);
  });

  it('keeps its direction, whatever the name of the calendar is', () => {
    const { run, ...rest } = report([item]);
    const html = exportReport({ ...rest, run: { ...run, calendar: 'فريق 2' } }, 'html');
    expect(html).toContain('<h1>Restore: \u2068فريق 2\u2069</h1>');
    expect(html).toContain('\u2068فريق 2\u2069 (https://mail.test/cal/)');
  });

  it('has page numbers of its own only where nobody else adds them', () => {
    expect(exportReport(report([item]), 'html')).toContain('counter(page)');
    expect(exportReport(report([item]), 'html', null, 'pdf')).not.toContain('counter(page)');
  });
});

describe('titles', () => {
  it('that turn letters round do it within themselves', () => {
    expect(exportReport(report([{ ...item, title: 'a\u202eb' }]), 'html')).toContain('<bdi dir="auto">a\u202eb</bdi>');
  });
});

describe('a ticket', () => {
  const inArchive = { ...failed, file: '/home/anna/backup.zip › anna/work.ics', line: 37 };
  const made = report([{ ...item, file: 'C:\\Users\\anna\\backup.ics' }, inArchive]);
  const html = exportReport(made, 'html', 'Mail of the office');

  it('carries names of files, never folders of a computer', () => {
    expect(html).toContain('<bdi>backup.ics:4</bdi></small>');
    expect(html).toContain('<bdi>backup.zip › anna/work.ics:37</bdi></small>');
    expect(html).not.toMatch(/home|Users/);
    expect(exportReport(made, 'csv')).toContain('backup.zip › anna/work.ics,37');
    expect(exportReport(made, 'csv')).not.toMatch(/home|Users/);
    expect(exportReport(made, 'json')).toContain('/home/anna/backup.zip');
  });

  it('calls the server as persons do, and where nobody does, by its host', () => {
    expect(html).toContain('Mail of the office (mail.test)');
    expect(exportReport(made, 'html')).toContain('<td>mail.test</td>');
  });

  it('adds up', () => {
    expect(html).toContain('1 created + 1 failed = 2 entries, from 2 items in the backup.');
  });

  it('says of an undo what it undid', () => {
    const undo = exportReport({ ...made, run: { ...made.run, job: 'undo' } }, 'html');
    expect(undo).toContain('1 restored + 1 failed = 2 entries');
    expect(undo).toContain('<td class="outcome">restored</td>');
  });

  it('says how many were told', () => {
    const loud = { ...made, run: { ...made.run, notified: 3, asked: 'all' as const, effective: 'all' as const } };
    expect(exportReport(loud, 'html')).toContain('3 people were notified');
    expect(exportReport(loud, 'html')).not.toContain('Nobody was notified');
  });
});

describe('JSON', () => {
  it('is the report', () => {
    const made = report([item, failed]);
    expect(runReport.parse(JSON.parse(exportReport(made, 'json')))).toEqual(made);
  });
});

describe('a large report', () => {
  const many = report(Array.from({ length: 5000 }, (_, row) => ({ ...item, row, title: `Meeting "${row}"` })));

  it.each(['html', 'csv', 'json'] as const)('comes in pieces as %s, none of them the whole', (format) => {
    const pieces = [...exportPieces(many, format)];
    expect(pieces.length).toBeGreaterThan(5);
    for (const piece of pieces) expect(piece.length).toBeLessThan(128 * 1024);
    expect(pieces.join('').match(/Meeting/g)).toHaveLength(5000);
  });

  it('is the same JSON as of one stroke', () => {
    expect(exportReport(many, 'json')).toBe(`${JSON.stringify(many, null, 1)}\n`);
    expect(exportReport(report([]), 'json')).toBe(`${JSON.stringify(report([]), null, 1)}\n`);
  });

  it('has one head and one mark of its encoding as CSV', () => {
    const text = exportReport(many, 'csv');
    expect(text.match(/\ufeff/g)).toHaveLength(1);
    expect(text.match(/^\ufeff?outcome,/gm)).toHaveLength(1);
    expect(text.trimEnd().split('\r\n')).toHaveLength(5001);
  });
});
