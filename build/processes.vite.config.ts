import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';
import { constants, here, lean, noteThePackages } from './lib/vite.ts';

/**
 * What the main process starts in processes of its own: one self-contained CommonJS file each, by `--mode`
 * (`engine-process`, `practice-process`). None of them has Electron in it.
 */
export default defineConfig(({ mode }) => ({
  define: constants,
  resolve: { alias: lean },
  plugins: [noteThePackages(mode)],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: here(`electron/${mode}.ts`),
    outDir: here('out/main'),
    emptyOutDir: false,
    target: 'node20.18',
    sourcemap: true,
    minify: true,
    rolldownOptions: {
      external: builtinModules.flatMap((name) => [name, `node:${name}`]),
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
}));
