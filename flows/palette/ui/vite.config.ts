import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Where the dashboard fetches it from: Node-RED serves a module's `resources`. */
const outDir = fileURLToPath(new URL('../resources', import.meta.url));

/** One file with all widgets; Vue is the dashboard's own. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'vue' } },
  build: {
    target: 'es2022',
    outDir,
    emptyOutDir: true,
    lib: {
      entry: fileURLToPath(new URL('widgets.ts', import.meta.url)),
      formats: ['iife'],
      name: 'homeroomWidgets',
      fileName: () => 'homeroom-widgets.js',
    },
    rolldownOptions: { external: ['vue'], output: { globals: { vue: 'Vue' } } },
  },
});
