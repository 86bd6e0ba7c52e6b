/**
 * A calendar file parted into its events and time zones, with the lines where they stand. The parser knows no lines, and
 * ends at the first fault: so each component is parsed by itself, and a fault is told by the component that has it.
 */

import { toError } from '@homeroom/protocol';
import ICAL from 'ical.js';
import type { ImportFault } from '../../accounts/import/import-fault.ts';

export interface CalendarComponent {
  readonly line: number;
  readonly component: ICAL.Component;
}

export interface CalendarParts {
  readonly events: readonly CalendarComponent[];
  readonly zones: readonly CalendarComponent[];
  readonly faults: readonly ImportFault[];
}

interface Block {
  readonly kind: string;
  readonly line: number;
  readonly lines: string[];
}

const wanted: ReadonlySet<string> = new Set(['VEVENT', 'VTIMEZONE']);

/** RFC 5545, 3.1: a name, parameters, a colon, a value; a line that begins with white space goes on the one before. */
const contentLine = /^(?:[A-Za-z0-9-]+[;:]|[ \t])/;

/** Read a file; what cannot be read is told and left out. */
export function calendarParts(text: string): CalendarParts {
  const { blocks, faults } = blocksOf(text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/));
  const parsed = blocks.map(parse);
  const found = parsed.filter((each) => 'component' in each);
  return {
    events: found.filter(({ component }) => component.name === 'vevent'),
    zones: found.filter(({ component }) => component.name === 'vtimezone'),
    faults: [...faults, ...parsed.filter((each) => 'message' in each)],
  };
}

function blocksOf(lines: readonly string[]): { blocks: Block[]; faults: ImportFault[] } {
  const blocks: Block[] = [];
  const faults: ImportFault[] = [];
  const open: Block[] = [];
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    if (text.trim() === '') continue;
    if (!contentLine.test(text)) {
      faults.push(faultAt(line, open, 'This line is none of a calendar: it has no name before a colon.'));
      continue;
    }
    const [, verb, kind = ''] = /^(BEGIN|END):\s*(\S+)/i.exec(text) ?? [];
    if (verb?.toUpperCase() === 'BEGIN') open.push({ kind: kind.toUpperCase(), line, lines: [] });
    for (const block of open) block.lines.push(text);
    if (verb?.toUpperCase() !== 'END') continue;
    const block = open.pop();
    if (block?.kind !== kind.toUpperCase()) {
      faults.push(faultAt(line, open, `END:${kind} ends nothing that was begun here.`));
      return { blocks, faults };
    }
    if (wanted.has(block.kind)) blocks.push(block);
  }
  for (const { kind, line } of open) {
    faults.push({ line, column: kind, message: `BEGIN:${kind} is never ended.` });
  }
  if (blocks.length === 0 && faults.length === 0) {
    faults.push({ line: 1, column: null, message: 'There is no event in this file: is it a calendar?' });
  }
  return { blocks, faults };
}

function faultAt(line: number, open: readonly Block[], message: string): ImportFault {
  return { line, column: open.at(-1)?.kind ?? null, message };
}

function parse({ kind, line, lines }: Block): CalendarComponent | ImportFault {
  try {
    return { line, component: new ICAL.Component(ICAL.parse(lines.join('\r\n'))) };
  } catch (caught) {
    return { line, column: kind, message: `It cannot be read: ${toError(caught).message}.` };
  }
}
