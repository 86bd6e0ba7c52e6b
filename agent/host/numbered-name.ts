import { extname } from 'node:path';

/** @returns `sheet.pdf` for 1, `sheet (2).pdf` for 2 */
export function numberedName(name: string, number: number): string {
  if (number === 1) return name;
  const extension = extname(name);
  return `${name.slice(0, name.length - extension.length)} (${number})${extension}`;
}
