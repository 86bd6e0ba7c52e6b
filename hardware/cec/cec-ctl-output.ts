/** What `cec-ctl` (v4l-utils 1.20 to 1.28) prints. It exits with 0 even where a message failed. */
import type { CecAdapterState } from './cec-adapter.ts';

export interface CecAdapterInfo {
  readonly driver: string;
  /** `vc4-hdmi-0`. */
  readonly adapter: string;
  /** Null where there is no link: the kernel shows that as `f.f.f.f`. */
  readonly physicalAddress: string | null;
  /** Whether the adapter has a place on the bus, and so may send. */
  readonly isClaimed: boolean;
  /** The DRM connector it belongs to, where the driver tells. */
  readonly connector: { readonly card: number; readonly id: number } | null;
}

/** @returns what the "Driver Info" part tells, or undefined when there is none. */
export function parseAdapterInfo(text: string): CecAdapterInfo | undefined {
  const address = field(text, 'Physical Address');
  if (address === undefined) return undefined;
  const connector = /card (\d+), connector (\d+)/.exec(field(text, 'DRM Connector Info') ?? '');
  return {
    driver: field(text, 'Driver Name') ?? '',
    adapter: field(text, 'Adapter Name') ?? '',
    physicalAddress: address === 'f.f.f.f' ? null : address,
    isClaimed: Number(field(text, 'Logical Address Mask') ?? 0) !== 0,
    connector: connector ? { card: Number(connector[1]), id: Number(connector[2]) } : null,
  };
}

function field(text: string, name: string): string | undefined {
  return new RegExp(`^[ \\t]*${name} *: (.*)$`, 'm').exec(text)?.[1]?.trim();
}

/**
 * @returns how the television said it is; `no-peer` when nobody acknowledged the question, as with
 * every monitor without CEC; `unknown` when it acknowledged and then said nothing
 */
export function parsePowerReply(text: string): CecAdapterState['power'] {
  switch (/pwr-state: .*\(0x0([0-3])\)/.exec(text)?.[1]) {
    case '0':
      return 'on';
    case '1':
      return 'standby';
    case '2':
    case '3':
      return 'transitioning';
    default:
      return isNotAcknowledged(text) ? 'no-peer' : 'unknown';
  }
}

/** @returns whether a message found nobody who took it. */
export function isNotAcknowledged(text: string): boolean {
  return /Tx, Not Acknowledged/.test(text);
}

/** @returns who the television says it is; null in what it did not tell. */
export function parseTelevision(text: string): { vendor: string | null; name: string | null } {
  const vendor = /vendor-id: (0x[0-9a-f]{6})(?: \((.+)\))?/.exec(text);
  const name = /^\tname: (.*)$/m.exec(text)?.[1]?.trim();
  const isNamed = vendor?.[2] !== undefined && !/unknown/i.test(vendor[2]);
  return {
    vendor: (isNamed ? vendor[2] : vendor?.[1])?.slice(0, 200) ?? null,
    name: name?.slice(0, 200) || null,
  };
}
