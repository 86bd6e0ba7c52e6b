import type { Plugin } from 'vite';

/**
 * Tells the browser of the desktop page’s noVNC chunk in the HTML itself. The page’s own small script asks for the stream
 * ticket first and imports noVNC lazily; with this, both are on their way at the same time.
 */
export function preloadStream(): Plugin {
  return {
    name: 'homeroom:preload-stream',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { filename, bundle }) {
        if (!filename.endsWith('desktop.html') || !bundle) return [];
        const chunk = Object.values(bundle).find(
          (output) => output.type === 'chunk' && output.name === 'screen',
        );
        if (!chunk) throw new Error('the desktop page has no chunk named screen');
        const attrs = { rel: 'modulepreload', crossorigin: true, href: `/${chunk.fileName}` };
        return [{ tag: 'link', attrs, injectTo: 'head' }];
      },
    },
  };
}
