import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync } from 'vite';
import { inRoot } from './root.mjs';
import { projectFiles } from './project-files.mjs';

const SOURCE = /(?<!\.d)\.(?:tsx?|[cm]?js)$/;
/** Tests, and what is there for them. */
const OF_TESTS = /\.test\.tsx?$|\.fixture\.ts$|\/testing\/|^e2e\//;
/** Tests are users like any other of the tools, and of the practice server, which those of the engine run against. */
const FOR_TESTS = /^(?:build|electron\/practice)\//;
/** Vitest calls these by their names, before and after all tests. */
const CALLED_BY_NAME = ['setup', 'teardown'];
/** Tools bundle a module of the product by its path. */
const BUNDLED = /'((?:electron|renderer|shared)\/[\w./-]+\.tsx?)'/g;

/** The exports of the project that nobody needs; see {@link findDeadExports}. */
export function deadExports() {
  const names = projectFiles().filter((name) => SOURCE.test(name));
  return findDeadExports(names.map((name) => [name, readFileSync(inRoot(name), 'utf8')]));
}

/**
 * An export is dead when no other file imports it, or only tests do and its own file has no use for it. A default export is
 * left alone: tools find it by the name of its file.
 * @param {readonly (readonly [name: string, text: string])[]} texts
 * @returns {string[]} each as `file: name`
 */
export function findDeadExports(texts) {
  const modules = texts.map(([file, text]) => ({ file, ...readModule(file, text) }));
  const importers = new Map();
  for (const { file, imports } of modules) {
    for (const { from, takes } of imports) {
      importers.set(from, [...(importers.get(from) ?? []), { takes, isTest: OF_TESTS.test(file) }]);
    }
  }
  return modules.flatMap(({ file, exports }) =>
    exports
      .filter(({ name, isUsedHere }) => {
        const mayServeTests = isUsedHere || OF_TESTS.test(file) || FOR_TESTS.test(file);
        const users = (importers.get(file) ?? []).filter(({ isTest }) => mayServeTests || !isTest);
        return !users.some(({ takes }) => takes(name)) && !CALLED_BY_NAME.includes(name);
      })
      .map(({ name }) => `${file}: ${name}`),
  );
}

/** What a module imports of which files, and what it exports. */
function readModule(file, text) {
  const { module, comments } = parseSync(file, text);
  const code = comments.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
  const words = code.match(/[\w$]+/g) ?? [];
  const count = (name) => words.filter((word) => word === name).length;
  const beside = (specifier) => posix.join(posix.dirname(file), specifier);
  /** Of a module that is taken whole, those are needed whose names stand in the text. */
  const whole = (from) => ({ from, takes: (name) => words.includes(name) });
  const some = ({ value }, entries) =>
    entries.every(({ importName }) => importName.kind === 'Name')
      ? { from: beside(value), takes: (name) => entries.some(({ importName }) => importName.name === name) }
      : whole(beside(value));
  const exported = module.staticExports.flatMap(({ entries }) => entries);
  return {
    imports: [
      ...module.staticImports.map(({ moduleRequest, entries }) => some(moduleRequest, entries)),
      ...exported
        .filter(({ moduleRequest }) => moduleRequest !== null)
        .map((entry) => some(entry.moduleRequest, [entry])),
      ...module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
        whole(beside(text.slice(start + 1, end - 1))),
      ),
      ...(file.startsWith('build/') ? [...code.matchAll(BUNDLED)].map(([, path]) => whole(path)) : []),
    ],
    exports: [...new Set(exported.flatMap(({ exportName }) => exportName.name ?? []))].map((name) => ({
      name,
      isUsedHere: count(name) > 1,
    })),
  };
}
