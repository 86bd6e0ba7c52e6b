import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The same policy as the controller's: a page that breaks it must break here, too. */
const policy =
  "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data: blob:; object-src 'none'; script-src 'self'; style-src 'self'";

/** Serve a built page or asset as the controller does: every path without a file is the portal. */
export async function sendPage(webDir: string, path: string, response: ServerResponse): Promise<void> {
  const name = pageOf(path);
  const content = await readFile(join(webDir, normalize(name))).catch(() => undefined);
  if (!content && extname(path) !== '') {
    response.writeHead(404).end();
    return;
  }
  const html = content ?? (await readFile(join(webDir, 'index.html')));
  response.writeHead(200, {
    'content-type': mediaTypes[content ? extname(name) : '.html'] ?? 'application/octet-stream',
    'content-security-policy': policy,
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  response.end(html);
}

function pageOf(path: string): string {
  if (path.startsWith('/kiosk/')) return 'kiosk.html';
  if (path.startsWith('/desktop/') || path.startsWith('/broadcast/')) return 'desktop.html';
  return path === '/' ? 'index.html' : path.slice(1);
}
