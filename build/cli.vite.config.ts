import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';
import { constants, here, lean, noteThePackages } from './lib/vite.ts';

/**
 * The command line: CommonJS for plain Node, with everything in it. `cli.cjs` is what every start needs, the parts in `cli/`
 * are loaded when a command asks for them.
 */
export default defineConfig({
  define: constants,
  resolve: { alias: lean },
  plugins: [noteThePackages('cli')],
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
        // Lines stay, so that a stack can be read without the source map.
        minify: { mangle: true, compress: true, codegen: { removeWhitespace: false } },
      },
    },
  },
});
