import controls from '@homeroom/web/shared/styles/controls.css?inline';
import tokens from '@homeroom/web/shared/styles/tokens.css?inline';
import dialog from '@homeroom/web/shared/ui/dialog.css?inline';
import around from './around.css?inline';
import base from './base.css?inline';
import parts from './parts.css?inline';
import power from './power.css?inline';
import wall from './wall.css?inline';

/**
 * The pages' own look, for what stands inside of `.hr`: the dashboard has its own around it, which only gets dark
 * where the system is.
 */
export function adoptStyles(): void {
  const sheet = new CSSStyleSheet();
  const own = [base, controls, dialog, parts, power, wall].join('\n');
  sheet.replaceSync(`${tokens.replaceAll(':root', '.hr')}\n${around}\n.hr {\n${own}\n}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
