/**
 * The page of benchmarks. No I/O here.
 *
 * @typedef {{ what: string, value: number, unit: string, peer?: { name: string, value: number }, target?: string }} Figure
 * @typedef {{ name: string, title: string, figures: readonly Figure[] }} BenchResult
 * @typedef {{ processor: string, cores: number, memoryGiB: number, system: string, node: string, date: string, commit: string }} Machine
 */

/** @param {string} name of a bench */
const beginMark = (name) => `<!-- bench ${name}: begin -->`;
/** @param {string} name of a bench */
const endMark = (name) => `<!-- bench ${name}: end -->`;

/**
 * @param {number} value
 * @returns {string} three figures are as much as a shared machine can tell
 */
export function formatFigure(value) {
  if (value === 0) return '0';
  return Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(3)));
}

/**
 * @param {BenchResult} result
 * @param {Machine} machine
 * @returns {string} a bench's section in Markdown, between its marks
 */
export function benchSection({ name, title, figures }, machine) {
  const rows = figures.map(({ what, value, unit, peer, target }) => {
    const besides = peer ? `${formatFigure(peer.value)} ${unit} (${peer.name})` : '';
    return `| ${what} | ${formatFigure(value)} ${unit} | ${besides} | ${target ?? ''} |`;
  });
  return [
    beginMark(name),
    `## ${title}`,
    '',
    `${machine.date}, ${machine.commit}, ${machine.cores} × ${machine.processor}, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}`,
    '',
    '| what | Homeroom | peer, same run | to reach |',
    '|---|---|---|---|',
    ...rows,
    endMark(name),
  ].join('\n');
}

/**
 * @param {string} page the page as it was
 * @param {string} name of the bench
 * @param {string} section
 * @returns {string} the page with the bench's section in the place of the old one, or at the end
 */
export function replaceSection(page, name, section) {
  const begin = page.indexOf(beginMark(name));
  const end = page.indexOf(endMark(name));
  if (begin < 0 || end < begin) return `${page.trimEnd()}\n\n${section}\n`;
  return page.slice(0, begin) + section + page.slice(end + endMark(name).length);
}
