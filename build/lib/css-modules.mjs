import { readFileSync, writeFileSync } from 'node:fs';
import { projectFiles } from './project-files.mjs';
import { inRoot } from './root.mjs';

/** Every style sheet that belongs to its components (paths from the top folder). */
export function cssModules() {
  return projectFiles('renderer').filter((file) => file.endsWith('.module.css'));
}

/** The class names that a sheet gives to its components, sorted; not those of others that it mentions (`:global(…)`). */
export function classNames(css) {
  const selectors = css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/:global\([^)]*\)/g, '')
    .replace(/\{[^{}]*\}/g, '{}');
  return [...new Set([...selectors.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name]) => name))].sort();
}

/** The declaration of a sheet, so that a name that it does not have is an error of types. */
export function declarationOf(css) {
  const names = classNames(css).map((name) => `  readonly ${name}: string;`);
  return `/* Made by \`node build/css-modules.mjs\`. */\ndeclare const styles: {\n${names.join('\n')}\n};\nexport default styles;\n`;
}

/** Writes the declaration beside each sheet. */
export function declareCssModules() {
  for (const file of cssModules())
    writeFileSync(inRoot(`${file}.d.ts`), declarationOf(readFileSync(inRoot(file), 'utf8')));
}
