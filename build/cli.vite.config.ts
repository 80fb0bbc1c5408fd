import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';
import { constants, here } from './lib/vite.ts';

/** The command line: one CommonJS file for plain Node, with everything in it. */
export default defineConfig({
  define: constants,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: here('electron/cli.ts'),
    outDir: here('out/main'),
    emptyOutDir: false,
    target: 'node20.18',
    sourcemap: true,
    rolldownOptions: {
      external: builtinModules.flatMap((name) => [name, `node:${name}`]),
      output: { format: 'cjs', entryFileNames: 'cli.cjs', codeSplitting: false },
    },
  },
});
