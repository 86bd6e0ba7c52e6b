const elementId = 'homeroom-identify';

/**
 * The script that lays a name over the page, opaque: the page below may show the same name. It runs in a world of its own, where the page's scripts neither see
 * nor change it; as a popover it is above everything, a full-screen desktop too.
 *
 * @param seconds after which it takes itself away, should the agent not come to it
 */
export function showNameScript(name: string, seconds: number): string {
  const css = [
    'position:fixed;inset:0;width:100vw;height:100vh;max-width:none;max-height:none;margin:0;border:0;padding:0',
    'display:grid;place-content:center;text-align:center;pointer-events:none;box-sizing:border-box',
    'background:#12232e;color:#fff;font:700 16vmin/1.1 "DejaVu Sans",system-ui,sans-serif',
    'overflow-wrap:anywhere;z-index:2147483647',
  ].join(';');
  return `(() => {
  document.getElementById(${JSON.stringify(elementId)})?.remove();
  const name = document.createElement('div');
  name.id = ${JSON.stringify(elementId)};
  name.textContent = ${JSON.stringify(name)};
  name.style.cssText = ${JSON.stringify(css)};
  name.popover = 'manual';
  document.documentElement.append(name);
  name.showPopover?.();
  setTimeout(() => name.remove(), ${Math.ceil(seconds * 1000)});
})()`;
}

/** The script that takes the name away. */
export function hideNameScript(): string {
  return `document.getElementById(${JSON.stringify(elementId)})?.remove()`;
}
