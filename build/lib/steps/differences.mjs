import { stripVTControlCharacters } from 'node:util';

/**
 * Hands on to Vitest's JSON report, which has only messages, in what a failed test differed: a message shortens long lists
 * until both sides may read the same.
 */
export default class Differences {
  onTestCaseResult(test) {
    const { state, errors } = test.result();
    if (state === 'failed') test.meta().differences = errors.map(({ diff }) => unlike(diff ?? ''));
  }
}

/** Of a comparison, the lines that stand on one side only. */
function unlike(diff) {
  return stripVTControlCharacters(diff)
    .split('\n')
    .filter((line) => /^[-+]/.test(line))
    .join('\n');
}
