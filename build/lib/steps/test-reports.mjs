import { readFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
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
  const broken = [
    ...tests
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages, meta }) =>
        because(fullName, [...failureMessages, ...(meta.differences ?? [])]),
      ),
    ...suitesBroken.map((suite) => because(suite.name, [suite.message])),
  ];
  const skipped = tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName);
  return outcome(name, passed, code !== 0 && broken.length === 0 ? 1 : broken.length, { skipped, broken });
}

/** The files whose tests all passed, as absolute paths; none where something went wrong that no test is named for. */
export async function passedFiles(file, code) {
  const { testResults = [] } = (await readJson(file)) ?? {};
  const passed = testResults.filter(({ status }) => status === 'passed').map(({ name }) => name);
  return code !== 0 && passed.length === testResults.length ? [] : passed;
}

/** The same count for a Playwright run. A flaky test has passed at last and is not hidden: it counts as failed. */
export async function countPlaywright(name, file, code) {
  const report = await readJson(file);
  if (report === null) return single(name, false);
  const specs = report.suites.flatMap(specsOf);
  const titles = (status) => specs.filter((spec) => spec.status === status).map((spec) => spec.title);
  const broken = [
    ...specs
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ title, reasons }) => because(title, reasons)),
    ...report.errors.map(({ message }) => because('the run', [message])),
  ];
  const failed = code !== 0 && broken.length === 0 ? 1 : broken.length;
  return outcome(name, titles('expected').length, failed, { skipped: titles('skipped'), broken });
}

/**
 * A title and all that went wrong, on one line and without colours: of a machine that nobody can look into there is no more.
 * Not the code around it, nor the stack.
 */
function because(title, messages) {
  const said = messages.map((message = '') => {
    const lines = stripVTControlCharacters(message).split('\n');
    const end = lines.findIndex((line) => /^(?:\s+at |[>\s]*\d+ \|)/.test(line));
    return lines
      .slice(0, end === -1 ? lines.length : end)
      .join(' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
  });
  const line = said.filter(Boolean).join(' | ').slice(0, 800);
  return line === '' ? title : `${title} – ${line}`;
}

function specsOf(suite) {
  const own = suite.specs.flatMap((spec) =>
    spec.tests.map((test) => ({
      title: spec.title,
      status: test.status,
      reasons: test.results.flatMap(({ errors = [] }) => errors.map(({ message }) => message)),
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap(specsOf)];
}

async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}
