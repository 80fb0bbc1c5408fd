import { builtinModules } from 'node:module';
import { defineConfig, type Plugin } from 'vite';
import { constants, here, lean, noteThePackages } from './lib/vite.ts';

/** What `charset` leaves: names in the licences. */
const asciiLicences: Plugin = {
  name: 'hushcal-ascii-licences',
  generateBundle(_options, bundle) {
    for (const part of Object.values(bundle)) {
      if (part.type !== 'chunk') continue;
      part.code = part.code.replaceAll(/\/\*!.*/g, (line) => line.replaceAll(/[^\0-\x7f]/g, escaped));
    }
  },
};

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * The command line: CommonJS for plain Node, with everything in it. `cli.cjs` is what every start needs, the parts in `cli/`
 * are loaded when a command asks for them.
 */
export default defineConfig({
  define: constants,
  resolve: { alias: lean },
  plugins: [noteThePackages('cli'), asciiLicences],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: here('electron/cli.ts'),
    outDir: here('out/main'),
    emptyOutDir: false,
    target: 'node20.18',
    sourcemap: true,
    rolldownOptions: {
      external: builtinModules.flatMap((name) => [name, `node:${name}`]),
      output: {
        format: 'cjs',
        entryFileNames: 'cli.cjs',
        // electron/cli/compiled.ts goes by the hash.
        chunkFileNames: 'cli/[name]-[hash].cjs',
        // An octet per character, and few of them: the fewer, the sooner a start has read them (electron/cli/compiled.ts).
        charset: 'ascii',
        comments: { legal: true, annotation: false, jsdoc: false },
        // Lines stay, so that a stack can be read without the source map.
        minify: { mangle: true, compress: true, codegen: { removeWhitespace: false } },
      },
    },
  },
});
