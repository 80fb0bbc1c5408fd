import { defineConfig } from 'electron-vite';
import react from '@vitejs/plugin-react';
import { constants, here, lean, noteThePackages } from './lib/vite.ts';

/** One self-contained CommonJS file per entry: a sandboxed preload cannot load another one. */
function commonJs(entry: string) {
  return {
    externalizeDeps: false as const,
    sourcemap: true,
    // The packed app has a size it may not exceed; stack traces are read with the source map beside it.
    minify: true,
    emptyOutDir: false,
    rolldownOptions: {
      input: entry,
      output: { format: 'cjs' as const, entryFileNames: '[name].cjs', codeSplitting: false },
    },
  };
}

export default defineConfig({
  main: {
    define: constants,
    resolve: { alias: lean },
    plugins: [noteThePackages('main')],
    build: { ...commonJs(here('electron/main.ts')), outDir: here('out/main'), target: 'node20.18' },
  },
  preload: {
    plugins: [noteThePackages('preload')],
    build: { ...commonJs(here('electron/preload.ts')), outDir: here('out/preload'), target: 'node20.18' },
  },
  renderer: {
    root: here('renderer'),
    base: './',
    plugins: [react(), noteThePackages('renderer')],
    build: {
      outDir: here('out/renderer'),
      emptyOutDir: true,
      target: 'chrome130',
      // A data: font or image would need a wider content security policy.
      assetsInlineLimit: 0,
      minify: true,
      chunkSizeWarningLimit: 3000,
      rolldownOptions: { input: here('renderer/index.html') },
    },
  },
});
