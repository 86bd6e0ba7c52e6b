/** @returns a Markdown table; `|` inside a cell is escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

/** @returns text set as code, or nothing for an empty one. */
export function code(text: string | null): string {
  return text === null || text === '' ? '' : `\`${text}\``;
}

/** Says on each generated page where it comes from. */
export function generatedFrom(source: string): string {
  return `<!-- Made from ${source} by \`npm run docs\`; \`npm test\` compares them. -->`;
}
