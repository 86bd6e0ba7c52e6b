/** One CEC message as `cec-client` logs it. */
export interface CecTraffic {
  readonly direction: 'in' | 'out';
  /** Logical addresses: 0 is the television, 15 is everybody. */
  readonly from: number;
  readonly to: number;
  /** Undefined for a poll, which has no opcode. */
  readonly opcode: number | undefined;
  readonly operands: readonly number[];
}

/** @returns the message in a line like `TRAFFIC: [ 417]	>> 01:90:00`, or undefined for any other line. */
export function parseCecTraffic(line: string): CecTraffic | undefined {
  const match = /^TRAFFIC: \[ *\d+\]\s+(>>|<<) ([0-9a-f]{2}(?::[0-9a-f]{2})*)$/i.exec(line.trim());
  if (!match?.[2]) return undefined;
  const [header = 0, opcode, ...operands] = match[2].split(':').map((pair) => Number.parseInt(pair, 16));
  return {
    direction: match[1] === '>>' ? 'in' : 'out',
    from: header >> 4,
    to: header & 0xf,
    opcode,
    operands,
  };
}

/** @returns `1.0.0.0` of its two bytes. */
export function formatPhysicalAddress([high = 0, low = 0]: readonly number[]): string {
  return [high >> 4, high & 0xf, low >> 4, low & 0xf].map((digit) => digit.toString(16)).join('.');
}
