/**
 * What is written to a switch, as a text with places: `{in}` and `{out}` are the numbers, `{in:2}` has two digits at least,
 * `{in:0}` counts from 0, `{in:A}` is a letter, `{in:byte}` one byte. `\r`, `\n` and `\xAA` are bytes. Pure.
 */
import type { HdmiRoute } from './hdmi-switch-port.ts';

const place = /\{(in|out)(?::([2-9]|0|A|byte))?\}/g;
const escaped = /\\(r|n|x[0-9A-Fa-f]{2})/g;

/** @returns whether it is a template that names an input at least */
export function isRouteTemplate(text: string): boolean {
  return /\{in(?::(?:[2-9]|0|A|byte))?\}/.test(text) && !/[{}]/.test(text.replaceAll(place, ''));
}

/** @returns the bytes of a route; characters are Latin-1 */
export function writeRoute(template: string, route: HdmiRoute): Buffer {
  const filled = template
    .replaceAll(escaped, (_, code: string) => escapeOf(code))
    .replaceAll(place, (_, which: 'in' | 'out', form: string | undefined) =>
      numberAs(form, which === 'in' ? route.input : route.output),
    );
  return Buffer.from(filled, 'latin1');
}

function escapeOf(code: string): string {
  if (code === 'r') return '\r';
  return code === 'n' ? '\n' : String.fromCharCode(Number.parseInt(code.slice(1), 16));
}

function numberAs(form: string | undefined, value: number): string {
  if (form === undefined) return String(value);
  if (form === 'byte') return String.fromCharCode(value);
  if (form === 'A') return String.fromCharCode('A'.charCodeAt(0) + value - 1);
  return form === '0' ? String(value - 1) : String(value).padStart(Number(form), '0');
}
