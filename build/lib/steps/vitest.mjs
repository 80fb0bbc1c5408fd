import { inRoot } from '../root.mjs';

/** How Vitest runs with a configuration: `shown` is what it prints meanwhile, `report` the file that `countVitest` reads. */
export function vitest({ config, shown, report, args = [] }) {
  return [
    ...[inRoot('node_modules/vitest/vitest.mjs'), 'run', '--config', config, `--reporter=${shown}`],
    ...[`--reporter=${inRoot('build/lib/steps/differences.mjs')}`, '--reporter=json', `--outputFile.json=${report}`],
    ...args,
  ];
}
