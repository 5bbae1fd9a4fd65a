import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const empty = here('./chat/empty-module.ts');

/**
 * The Direct Line client brings polyfills and a second protocol (App Service streaming) that no
 * browser that loads a module needs: half of its size, and the only `Function('return this')` in it.
 */
const UNUSED = ['core-js/features/promise', 'url-search-params-polyfill', './directLineStreaming'];

export default defineConfig({
  root: here('.'),
  base: './',
  resolve: { alias: UNUSED.map((find) => ({ find, replacement: empty })) },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // A file of its own for everything: the policy allows no data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { chat: here('./index.html'), widget: here('./widget/widget.ts') },
      output: {
        // Its address stands in clinics' pages, so it cannot carry a hash.
        entryFileNames: ({ name }) => (name === 'widget' ? 'widget.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
