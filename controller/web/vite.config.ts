import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { lightNovnc } from './build/light-novnc.ts';
import { preloadStream } from './build/preload-stream.ts';

/**
 * Three light entries: the portal, the seats' kiosk pages, and the desktop page.
 * Nothing is inlined into HTML or CSS: the controller's content security policy forbids it.
 */
export default defineConfig({
  plugins: [react(), lightNovnc(), preloadStream()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { portal: 'index.html', kiosk: 'kiosk.html', desktop: 'desktop.html' },
    },
  },
});
