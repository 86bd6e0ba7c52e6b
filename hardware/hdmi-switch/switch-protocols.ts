/** The words of switches that are told by a line of text or bytes, as their makers publish them. Pure. */
import type { HdmiRoute } from './hdmi-switch-port.ts';
import { isRouteTemplate } from './route-template.ts';

/** How a switch is spoken to. */
export interface SwitchProtocol {
  /** What is written; see route-template.ts. */
  readonly write: string;
  /** What confirms it; a switch without one says nothing that is understood. */
  readonly confirms?: (answer: string, route: HdmiRoute) => boolean;
  /** What refuses it. */
  readonly refuses?: RegExp;
}

const routeOf = (match: RegExpExecArray | null): HdmiRoute | undefined =>
  match ? { output: Number(match.groups?.out), input: Number(match.groups?.in) } : undefined;

/** @returns a confirmation by an answer that names output and input */
function names(answer: RegExp): NonNullable<SwitchProtocol['confirms']> {
  return (text, { output, input }) => {
    const told = routeOf(answer.exec(text));
    return told?.output === output && told.input === input;
  };
}

export const switchProtocols = {
  /** Many small switches and matrices of no name. */
  plain: { write: 'SW{in}{out}\\r\\n' },
  /** Extron SIS: `2*1!`, answered `Out1 In2 All`, refused by `E01`. */
  extron: { write: '{in}*{out}!', confirms: names(/Out0*(?<out>\d+) In0*(?<in>\d+)/), refuses: /E\d\d/ },
  /** Kramer Protocol 3000: `#ROUTE 1,<out>,<in>`, answered `~01@ROUTE 1,<out>,<in>`. */
  kramer: {
    write: '#ROUTE 1,{out},{in}\\r',
    confirms: names(/@ROUTE 1,(?<out>\d+),(?<in>\d+)/),
    refuses: /\bERR ?\d+/,
  },
  /** Atlona: `x2AVx1`, said back. */
  atlona: {
    write: 'x{in}AVx{out}\\r',
    confirms: names(/x(?<in>\d+)AVx(?<out>\d+)/),
    refuses: /Command FAILED/i,
  },
  /** Blustream: `OUT01FR02`, answered with `SUCCESS`. */
  blustream: {
    write: 'OUT{out:2}FR{in:2}\\r\\n',
    confirms: (answer) => /SUCCESS/i.test(answer),
    refuses: /(?:ERROR|Unknown)/i,
  },
  /** TESmart: six bytes; a switch of one output. */
  tesmart: { write: '\\xAA\\xBB\\x03\\x01{in:byte}\\xEE' },
} as const satisfies Record<string, SwitchProtocol>;

/** @returns the protocol of that name, or one of a template; undefined for neither */
export function protocolOf(text: string): SwitchProtocol | undefined {
  if (Object.hasOwn(switchProtocols, text)) return switchProtocols[text as keyof typeof switchProtocols];
  return isRouteTemplate(text) ? { write: text } : undefined;
}
