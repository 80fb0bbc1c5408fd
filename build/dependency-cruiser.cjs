// Which room may import which. Data walks one way through the engine: read → icalendar → caldav → scheduling → plan →
// search → run → audit → report → backup → batch → mapping → jobs; a later stage may import an earlier one.
const STAGES = [
  'read',
  'icalendar',
  'caldav',
  'scheduling',
  'plan',
  'search',
  'run',
  'audit',
  'report',
  'backup',
  'batch',
  'mapping',
  'jobs',
];
const TEST = '\\.test\\.tsx?$';
/** Helpers of tests and fixtures are not walked by the product. */
const TEST_ONLY = ['\\.test\\.tsx?$', '/testing/'];

const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });
const notTest = (path, more = {}) => ({ path, pathNot: TEST_ONLY, ...more });

/** One rule a room: it may not import a room that comes after it. Rooms of one list entry stand side by side. */
const inOrder = (prefix, folder, levels) =>
  levels
    .flatMap((level, position) =>
      level.map((room) => {
        const others = [...level.filter((other) => other !== room), ...levels.slice(position + 1).flat()];
        return forbid(
          `${prefix}-${room}-comes-before`,
          `${folder}/${room} may not import a room beside it or a later one.`,
          notTest(`^${folder}/${room}/`),
          { path: `^${folder}/(${others.join('|')})/` },
        );
      }),
    )
    .filter(({ to }) => to.path !== `^${folder}/()/`);

const JOBS = 'electron/engine/jobs';
/** From the last one that is composed of the others to the first: what a room needs stands before it. */
const JOB_ROOMS = [
  ['stored'],
  ['target'],
  ['start'],
  ['consent'],
  ['migrate', 'announce', 'undo', 'cleanup', 'find'],
  ['missing'],
  ['batches'],
];
/** What happens to a text, in order; `repairs` are single mends of a text, and stand before everything. */
const ICALENDAR_ROOMS = ['repairs', 'scan', 'zones', 'facts', 'meaning', 'summary', 'index', 'rewrites'];
const CALDAV_ROOMS = ['network', 'transport', 'answers', 'login', 'discovery', 'objects'];
const CLI_ROOMS = [['options', 'output'], ['running'], ['commands']];
const FACE = '^electron/engine/(engine|types)\\.ts$';

const eachAlone = (rooms) => rooms.map((room) => [room]);

const innerOrders = [
  ...inOrder('engine', 'electron/engine', eachAlone(STAGES)),
  ...inOrder('jobs', JOBS, JOB_ROOMS),
  ...inOrder('icalendar', 'electron/engine/icalendar', eachAlone(ICALENDAR_ROOMS)),
  ...inOrder('caldav', 'electron/engine/caldav', eachAlone(CALDAV_ROOMS)),
  ...inOrder('cli', 'electron/cli', CLI_ROOMS),
  forbid(
    'jobs-rooms-tell-no-story',
    'The stories are composed of the rooms. A mailbox that moves is a restore of its own kind; a batch goes on with runs.',
    notTest(`^${JOBS}/(stored|target|start|consent|announce|undo|cleanup|find|missing)/`),
    { path: `^${JOBS}/[^/]+\\.ts$` },
  ),
  forbid('jobs-migrate-restores', 'Of the stories, a migration knows the restore only.', notTest(`^${JOBS}/migrate/`), {
    path: `^${JOBS}/[^/]+\\.ts$`,
    pathNot: `^${JOBS}/restore\\.ts$`,
  }),
  forbid('jobs-stories-know-no-batch', 'A story is about one calendar.', notTest(`^${JOBS}/[^/]+\\.ts$`), {
    path: `^${JOBS}/(batches|migrate|announce|cleanup|find|missing)/`,
  }),
  forbid(
    'icalendar-base-stands-alone',
    'What all rooms of icalendar/ share needs none of them.',
    notTest('^electron/engine/icalendar/[^/]+\\.ts$'),
    { path: '^electron/engine/icalendar/[^/]+/' },
  ),
  forbid(
    'caldav-base-stands-alone',
    'What all rooms of caldav/ share needs none of them.',
    notTest('^electron/engine/caldav/[^/]+\\.ts$'),
    { path: '^electron/engine/caldav/[^/]+/' },
  ),
  forbid('cli-base-stands-alone', 'io.ts knows no command.', notTest('^electron/cli/io\\.ts$'), {
    path: '^electron/cli/',
  }),
];

module.exports = {
  forbidden: [
    ...innerOrders,
    forbid(
      'engine-has-one-face',
      'What uses the engine imports engine.ts and types.ts, and nothing behind them.',
      notTest(['^electron/(app|ipc|cli|rehearsal)/', '^electron/[^/]+\\.ts$']),
      { path: '^electron/engine/', pathNot: FACE },
    ),
    forbid('engine-roof-is-on-top', 'No room of the engine imports its face.', notTest('^electron/engine/.+/'), {
      path: '^electron/engine/engine\\.ts$',
    }),
    forbid('shared-stands-alone', 'shared/ imports nothing of ours.', notTest('^shared/'), {
      path: '^(electron|renderer|e2e|build)/',
    }),
    forbid('shared-does-no-io', 'shared/ has no I/O.', notTest('^shared/'), { dependencyTypes: ['core'] }),
    forbid(
      'renderer-knows-shared-only',
      'renderer/ imports shared/ and itself.',
      { path: '^renderer/', pathNot: TEST },
      {
        path: '^(electron|e2e|build)/',
      },
    ),
    forbid(
      'renderer-has-no-node',
      'The page has no Node.',
      { path: '^renderer/', pathNot: TEST },
      {
        dependencyTypes: ['core'],
      },
    ),
    forbid(
      'engine-knows-no-window',
      'engine/ is plain Node.',
      { path: '^electron/engine/' },
      {
        path: '^electron/(app|ipc|processes|main\\.ts|preload\\.ts|cli)',
      },
    ),
    forbid('engine-and-practice-are-strangers', 'A bug must not mirror itself.', notTest('^electron/engine/'), {
      path: '^electron/practice/',
    }),
    forbid('practice-and-engine-are-strangers', 'A bug must not mirror itself.', notTest('^electron/practice/'), {
      path: '^electron/(engine|app|ipc)/',
    }),
    forbid(
      'processes-carry-anything',
      'The way between two processes knows neither of them.',
      notTest('^electron/processes/'),
      { path: '^(electron/(?!processes/)|renderer/)' },
    ),
    forbid(
      'practice-scheduling-knows-no-method',
      'practice/dav asks practice/scheduling, which knows requests and no HTTP method.',
      notTest('^electron/practice/(scheduling|http|store|ical|xml)/'),
      { path: '^electron/practice/(dav/|router\\.ts|server\\.ts)' },
    ),
    forbid(
      'plan-and-report-are-pure',
      'engine/plan and engine/report import no Node module.',
      notTest('^electron/engine/(plan|report)/'),
      {
        dependencyTypes: ['core'],
      },
    ),
    forbid(
      'electron-has-few-importers',
      'Only app/, ipc/, main and preload import Electron.',
      {
        path: '^(electron|shared|renderer)/',
        pathNot: ['^electron/(app|ipc)/', '^electron/(main|preload)\\.ts$', ...TEST_ONLY],
      },
      { path: '(^|/)node_modules/electron/|^electron$' },
    ),
    forbid(
      'tsdav-has-one-importer',
      'engine/caldav adapts tsdav in one file.',
      {
        path: '^(electron|shared|renderer)/',
        pathNot: ['^electron/engine/caldav/transport/tsdav-adapter\\.ts$', ...TEST_ONLY],
      },
      { path: '(^|/)node_modules/tsdav/' },
    ),
    forbid(
      'ical-has-one-importer-per-side',
      'engine/icalendar and practice/ adapt ical.js.',
      {
        path: '^(electron|shared|renderer)/',
        pathNot: ['^electron/engine/icalendar/', '^electron/practice/', ...TEST_ONLY],
      },
      { path: '(^|/)node_modules/ical\\.js/' },
    ),
    forbid(
      'rehearsal-joins-engine-and-practice',
      'A rehearsal is composed for the window and the command line only.',
      notTest('^(electron/(engine|practice|app)|shared|renderer)/'),
      { path: '^electron/rehearsal/' },
    ),
    forbid(
      'cli-has-no-window',
      'The command line is plain Node.',
      { path: '^electron/cli' },
      {
        path: '^electron/(app|ipc|processes|(main|preload|engine-process|practice-process)\\.ts)',
      },
    ),
    forbid(
      'product-imports-no-tests',
      'Tests and build scripts are not walked by the product.',
      {
        path: '^(electron|shared|renderer)/',
        pathNot: TEST_ONLY,
      },
      { path: ['^e2e/', '^build/', ...TEST_ONLY] },
    ),
    forbid(
      'no-circles',
      'Two files that need each other are one file, or three. For their types, too.',
      {},
      {
        circular: true,
      },
    ),
    forbid(
      'resolvable',
      'An import that leads nowhere.',
      { path: '^(electron|shared|renderer|e2e)/' },
      { couldNotResolve: true },
    ),
    {
      name: 'no-orphans',
      severity: 'warn',
      comment: 'A file that nobody imports and that imports nothing.',
      from: { orphan: true, pathNot: [TEST, '\\.d\\.ts$', '^build/', '^e2e/'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|e2e/output)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
