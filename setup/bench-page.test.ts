import { describe, expect, it } from 'vitest';
import { benchSection, formatFigure, replaceSection } from './bench-page.mjs';

const machine = {
  processor: 'Fast CPU',
  cores: 2,
  memoryGiB: 8,
  system: 'Debian 12',
  node: '24.1.0',
  date: '2030-01-01',
  commit: 'abc1234',
};
const result = {
  name: 'claims',
  title: 'Claims',
  figures: [
    { what: 'claims', value: 1234.56, unit: '/s', peer: { name: 'bare SQL', value: 2000 }, target: '≥ 50 %' },
    { what: 'p99', value: 4.5678, unit: 'ms' },
  ],
};
const section = `<!-- bench claims: begin -->
## Claims

2030-01-01, abc1234, 2 × Fast CPU, 8 GiB, Debian 12, Node 24.1.0

| what | Homeroom | peer, same run | to reach |
|---|---|---|---|
| claims | 1,235 /s | 2,000 /s (bare SQL) | ≥ 50 % |
| p99 | 4.57 ms |  |  |
<!-- bench claims: end -->`;

describe('benchSection', () => {
  it('tells machine, date, figures, peers and what is to be reached', () => {
    expect(benchSection(result, machine)).toBe(section);
  });
});

describe('replaceSection', () => {
  it('adds a new bench at the end', () => {
    expect(replaceSection('# Benchmarks\n', 'claims', section)).toBe(`# Benchmarks\n\n${section}\n`);
  });

  it('takes the place of the old figures and leaves the rest alone', () => {
    const page = `# Benchmarks\n\n${section.replace('1,235', '999')}\n\n<!-- bench other: begin -->\nx\n<!-- bench other: end -->\n`;
    expect(replaceSection(page, 'claims', section)).toBe(page.replace('999', '1,235'));
  });
});

describe('formatFigure', () => {
  it('shows three figures of small numbers and whole large ones', () => {
    expect([0, 0.012345, 9.999, 123.4, 999.9, 12_345.6].map(formatFigure)).toEqual([
      '0',
      '0.0123',
      '10',
      '123',
      '1000',
      '12,346',
    ]);
  });
});
