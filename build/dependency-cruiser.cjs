// Which room may import which. Data walks one way through the engine: read → icalendar → caldav → scheduling → plan →
// search → run → report → backup → batch → mapping → jobs; a later stage may import an earlier one.
const STAGES = [
  'read',
  'icalendar',
  'caldav',
  'scheduling',
  'plan',
  'search',
  'run',
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

const stageOrder = STAGES.slice(0, -1).map((stage, position) =>
  forbid(
    `engine-${stage}-comes-before`,
    `engine/${stage} may not import a later stage.`,
    notTest(`^electron/engine/${stage}/`),
    { path: `^electron/engine/(${STAGES.slice(position + 1).join('|')})/` },
  ),
);

module.exports = {
  forbidden: [
    ...stageOrder,
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
        path: '^electron/(app|ipc|main\\.ts|preload\\.ts|cli)',
      },
    ),
    forbid('engine-and-practice-are-strangers', 'A bug must not mirror itself.', notTest('^electron/engine/'), {
      path: '^electron/practice/',
    }),
    forbid('practice-and-engine-are-strangers', 'A bug must not mirror itself.', notTest('^electron/practice/'), {
      path: '^electron/(engine|app|ipc)/',
    }),
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
        path: '^electron/(app|ipc|main\\.ts|preload\\.ts)',
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
      'Two files that need each other are one file, or three.',
      {},
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only'] },
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
