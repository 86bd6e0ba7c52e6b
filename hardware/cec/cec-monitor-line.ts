/** What one line of `cec-ctl --monitor` is for us. */
export type CecMonitorLine =
  /** Somebody told everybody something: power, standby, routing; or the link or our place changed. */
  | { readonly kind: 'news' }
  /** The next line with an address tells who the television shows now. */
  | { readonly kind: 'source-change' }
  | { readonly kind: 'address'; readonly physicalAddress: string }
  | { readonly kind: 'other' };

/**
 * Read one line. Only what is told to all is news: our own questions and their answers travel from one
 * to one, and looking again for each of them would never end.
 */
export function parseCecMonitorLine(line: string): CecMonitorLine {
  const address = /^\tphys-addr: ([0-9a-f](?:\.[0-9a-f]){3})$/.exec(line)?.[1];
  if (address !== undefined) return { kind: 'address', physicalAddress: address };
  if (/\): (?:ACTIVE_SOURCE|SET_STREAM_PATH) \(/.test(line)) return { kind: 'source-change' };
  const isNews = /^Received from .+ to all \(/.test(line) || /^(?:Initial )?Event: State Change/.test(line);
  return { kind: isNews ? 'news' : 'other' };
}
