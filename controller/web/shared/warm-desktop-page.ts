/**
 * Fetches the desktop page's files ahead, while a person still chooses, so that connecting later waits for nothing
 * but the stream. Failing is harmless: the page then loads them itself.
 */
export async function warmDesktopPage(): Promise<void> {
  try {
    const response = await fetch('/desktop.html', { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const element of page.querySelectorAll(
      'script[src], link[rel=modulepreload], link[rel=stylesheet]',
    )) {
      prefetch(element.getAttribute('src') ?? element.getAttribute('href') ?? '', element);
    }
  } catch {
    // Nothing to tell: this was only a head start.
  }
}

function prefetch(href: string, element: Element): void {
  if (href === '' || document.querySelector(`link[href="${CSS.escape(href)}"]`)) return;
  const link = document.createElement('link');
  link.rel = 'prefetch';
  link.as = element.getAttribute('rel') === 'stylesheet' ? 'style' : 'script';
  if (element.hasAttribute('crossorigin')) link.crossOrigin = 'anonymous';
  link.href = href;
  document.head.append(link);
}
