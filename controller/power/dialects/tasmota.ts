import { objectOf, type RelayDialect, type RelayWord } from './relay-dialect.ts';

/** `POWER` of a device with one relay, `POWER1` … of others. */
const powerPattern = /^POWER(\d{0,2})$/;
const words: Readonly<Record<string, boolean>> = { ON: true, OFF: false };

/**
 * Tasmota with its own full topic, `%prefix%/%topic%/` (tasmota.github.io/docs/MQTT): `cmnd/<topic>/POWER<n>`,
 * `stat/<topic>/POWER<n>` and `…/RESULT`, `tele/<topic>/STATE` every five minutes, `tele/<topic>/LWT`.
 */
export const tasmota: RelayDialect = {
  read(own, topic, payload) {
    const [prefix, name, leaf, ...rest] = topic.split('/');
    if (name !== own || leaf === undefined || rest.length > 0) return undefined;
    const text = payload.toString('utf8');
    if (prefix === 'tele' && leaf === 'LWT') return { isOnline: text === 'Online', channels: [] };
    if (prefix === 'tele' && leaf === 'STATE') return ofObject(payload);
    if (prefix !== 'stat') return undefined;
    // RESULT repeats what POWER says, and some firmwares send one of them alone.
    return leaf === 'RESULT' ? ofObject(payload) : ofEntries([[leaf, text]]);
  },
  switch: (own, { channel, on }) => ({
    topic: `cmnd/${own}/POWER${channel + 1}`,
    payload: on ? 'ON' : 'OFF',
  }),
  ask: (own, channels) =>
    Array.from({ length: channels }, (_, channel) => ({
      topic: `cmnd/${own}/POWER${channel + 1}`,
      payload: '',
    })),
};

function ofObject(payload: Buffer): RelayWord | undefined {
  return ofEntries(Object.entries(objectOf(payload) ?? {}));
}

function ofEntries(entries: readonly (readonly [string, unknown])[]): RelayWord | undefined {
  const channels = entries.flatMap(([name, value]) => {
    const number = powerPattern.exec(name)?.[1];
    const on = typeof value === 'string' ? words[value] : undefined;
    return number === undefined || on === undefined
      ? []
      : [{ channel: number === '' ? 0 : Number(number) - 1, on }];
  });
  return channels.length > 0 ? { isOnline: true, channels } : undefined;
}
