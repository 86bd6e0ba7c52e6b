import type { Plugin } from 'vite';

const probe = 'supportsWebCodecsH264Decode = await _checkWebCodecsH264DecodeSupport();';
const unusedAuthentication = /^\.\/(?:ra2|crypto\/crypto)\.js$/;
const stub = '\0homeroom:no-authentication';

/**
 * Leaves out what Homeroom's desktops never use of noVNC, for a quick first frame:
 * - its probe for H.264 decodes a video before any other line may run (a top-level await), but Xvnc sends no H.264;
 * - its ciphers (a fifth of the code), because the gateway logs in to the VNC server and asks the browser for nothing.
 */
export function lightNovnc(): Plugin {
  return {
    name: 'homeroom:light-novnc',
    enforce: 'pre',
    resolveId(source, importer) {
      return importer?.includes('/@novnc/novnc/') && unusedAuthentication.test(source) ? stub : undefined;
    },
    load(id) {
      return id === stub ? 'export default class NoAuthentication {}' : undefined;
    },
    transform(code, id) {
      if (!id.includes('/@novnc/novnc/core/util/browser.js')) return undefined;
      // A new version of noVNC may have moved it: then the build must say so, not the users' patience.
      if (!code.includes(probe)) this.error('noVNC’s probe for H.264 is not where it was');
      return { code: code.replace(probe, ''), map: null };
    },
  };
}
