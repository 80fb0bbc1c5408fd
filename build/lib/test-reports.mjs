import { readFile } from 'node:fs/promises';
import { outcome, single } from './tally.mjs';

/** Counts a vitest run from its JSON report. A run that ended badly without a failed test counts as one failure. */
export async function countVitest(name, file, code) {
  const report = await readJson(file);
  if (report === null) return single(name, false);
  const tests = report.testResults.flatMap((suite) => suite.assertionResults);
  const suitesBroken = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  );
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failed = tests.filter((test) => test.status === 'failed').length + suitesBroken.length;
  const skipped = tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName);
  return outcome(name, passed, code !== 0 && failed === 0 ? 1 : failed, skipped);
}

/** The same for a Playwright run. A flaky test has passed at last and is not hidden: it counts as failed. */
export async function countPlaywright(name, file, code) {
  const report = await readJson(file);
  if (report === null) return single(name, false);
  const specs = report.suites.flatMap(specsOf);
  const titles = (status) => specs.filter((spec) => spec.status === status).map((spec) => spec.title);
  const failed = titles('unexpected').length + titles('flaky').length + report.errors.length;
  return outcome(name, titles('expected').length, code !== 0 && failed === 0 ? 1 : failed, titles('skipped'));
}

function specsOf(suite) {
  const own = suite.specs.flatMap((spec) => spec.tests.map((test) => ({ title: spec.title, status: test.status })));
  return [...own, ...(suite.suites ?? []).flatMap(specsOf)];
}

async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}
