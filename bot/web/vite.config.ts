import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const empty = here('./chat/empty-module.ts');

/**
 * The Direct Line client brings polyfills and a second protocol (App Service streaming) that no
 * browser that loads a module needs: half of its size, and the only `Function('return this')` in it.
 */
const UNUSED = ['core-js/features/promise', 'url-search-params-polyfill', './directLineStreaming'];

/**
 * The client runs after the first paint, but is fetched along with the page: one round trip less to
 * the first answer.
 */
const preloadClient: Plugin = {
  name: 'preload-client',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {} }) =>
      Object.values(bundle)
        .filter((file) => file.type === 'chunk' && file.isDynamicEntry)
        .map(({ fileName }) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` },
          injectTo: 'head' as const,
        })),
  },
};

export default defineConfig({
  root: here('.'),
  plugins: [preloadClient],
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
