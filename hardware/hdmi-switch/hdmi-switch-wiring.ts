import { protocolOf } from './switch-protocols.ts';

/** How one switch is reached. */
export type HdmiSwitchWiring = { readonly name: string } & (
  | { readonly kind: 'serial'; readonly path: string; readonly baud: number; readonly protocol: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly protocol: string }
  /** The channels of this machine's own relays that press its buttons, from input 1 on. */
  | { readonly kind: 'relays'; readonly channels: readonly number[] }
);

/**
 * Read `Matrix=/dev/ttyUSB0:9600:extron`, `Wall=tcp://10.0.0.5:23:OUT{out:2}FR{in:2}\r` or `Beamer=relays:0+1`.
 *
 * @returns undefined for anything else
 */
export function parseHdmiSwitch(text: string): HdmiSwitchWiring | undefined {
  const [, name, place = ''] = /^([^=]{1,60})=(.+)$/.exec(text) ?? [];
  if (name === undefined || name.trim() === '' || name.trim() === 'cec') return undefined;
  const how = parseSerial(place) ?? parseTcp(place) ?? parseRelays(place);
  return how && { name: name.trim(), ...how };
}

function parseSerial(text: string) {
  const [, path, baud, protocol = ''] = /^(\/dev\/[^:]+(?:(?::[^:]+)*?)):(\d{3,7}):(.+)$/.exec(text) ?? [];
  if (path === undefined || !protocolOf(protocol)) return undefined;
  return { kind: 'serial', path, baud: Number(baud), protocol } as const;
}

function parseTcp(text: string) {
  const [, host, port, protocol = ''] = /^tcp:\/\/([^:/]+):(\d{1,5}):(.+)$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535 || !protocolOf(protocol)) return undefined;
  return { kind: 'tcp', host, port: Number(port), protocol } as const;
}

function parseRelays(text: string) {
  const [, list] = /^relays:(\d{1,2}(?:\+\d{1,2})*)$/.exec(text) ?? [];
  return list === undefined
    ? undefined
    : ({ kind: 'relays', channels: list.split('+').map(Number) } as const);
}
