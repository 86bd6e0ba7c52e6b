/** A page that the agent shows when there is none of the controller's to show. */
export interface LocalPage {
  readonly kind: 'starting' | 'offline' | 'enrolling' | 'refused' | 'wrong-config';
  readonly title: string;
  readonly text: string;
  /** Shown huge, for somebody to compare. */
  readonly code?: string;
}

const accents: Readonly<Record<LocalPage['kind'], string>> = {
  starting: '#6cc5e8',
  offline: '#e8b96c',
  enrolling: '#6cc5e8',
  refused: '#e8806c',
  'wrong-config': '#e8806c',
};

/** @returns the whole page: it fetches nothing, and reads from two metres away. */
export function renderLocalPage(page: LocalPage): string {
  const code = page.code === undefined ? '' : `<p class="code">${escapeHtml(page.code)}</p>`;
  const moves = page.kind === 'starting' || page.kind === 'enrolling' || page.kind === 'offline';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(page.title)}</title><style>
html{height:100%;background:#12232e;color:#e6edf1;font-family:"DejaVu Sans",system-ui,sans-serif;cursor:none}
body{margin:0;min-height:100%;display:grid;place-content:center;justify-items:center;text-align:center;padding:6vmin;box-sizing:border-box}
.mark{width:10vmin;height:1.2vmin;border-radius:1vmin;background:${accents[page.kind]};margin:0 0 5vmin}
.mark.moves{animation:breathe 3s ease-in-out infinite}
h1{font-size:7vmin;line-height:1.15;font-weight:600;margin:0 0 3vmin;max-width:22ch}
p{font-size:3.6vmin;line-height:1.45;margin:0;max-width:40ch;color:#b9c8d1;white-space:pre-line;overflow-wrap:anywhere}
.code{font:600 20vmin/1.2 "DejaVu Sans Mono",monospace;letter-spacing:.12em;color:#fff;margin:5vmin 0 0 .12em;max-width:none}
@keyframes breathe{50%{opacity:.25}}
@media (prefers-reduced-motion:reduce){.mark.moves{animation:none}}
</style></head><body><div class="mark${moves ? ' moves' : ''}"></div><h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.text)}</p>${code}</body></html>`;
}

/** @returns the text with nothing in it that HTML would read as its own. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
