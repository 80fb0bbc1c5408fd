import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { inRoot } from '../root.mjs';
import { projectFiles } from '../project-files.mjs';

/** Pictures of README and manual, in build/screenshots, by the name under which a window test draws each. */
export const PICTURES = {
  canary: 'canary-proved',
  clusters: 'cleanup-many-clusters',
  dashboard: 'migrate-many-dashboard',
  decide: 'decide',
  find: 'find-lost',
  mapping: 'migrate-many-mapping',
  'put-back': 'cleanup-many-put-back',
  rehearsal: 'rehearsal',
  review: 'review',
  run: 'run',
};

/** The test files of the window that draw something under a name. */
export function specsThatDraw(name) {
  const draws = new RegExp(`\\b(?:screenshots|lookAt)\\(\\w+, '${name}'\\)`);
  return projectFiles('e2e/specs').filter((file) => draws.test(readFileSync(inRoot(file), 'utf8')));
}

/** Takes over what the tests have drawn. Gives the names that they did not. */
export function takePictures() {
  return Object.entries(PICTURES).flatMap(([picture, name]) => {
    const drawn = inRoot(`e2e/output/${name}-light.png`);
    if (!existsSync(drawn)) return [name];
    copyFileSync(drawn, inRoot(`build/screenshots/${picture}.png`));
    return [];
  });
}
