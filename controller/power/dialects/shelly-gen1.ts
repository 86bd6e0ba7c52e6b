import type { RelayDialect } from './relay-dialect.ts';

const relayPattern = /^relay\/(\d{1,2})$/;

/**
 * Shelly of the first generation (shelly-api-docs.shelly.cloud/gen1, MQTT): `shellies/<id>/relay/<n>` says `on`, `off` or
 * `overpower`, `…/relay/<n>/command` takes `on` and `off`, `…/online` is its will, and `…/command` takes `update`.
 */
export const shellyGen1: RelayDialect = {
  read(own, topic, payload) {
    const prefix = `shellies/${own}/`;
    if (!topic.startsWith(prefix)) return undefined;
    const leaf = topic.slice(prefix.length);
    const text = payload.toString('utf8');
    if (leaf === 'online') return { isOnline: text === 'true', channels: [] };
    const number = relayPattern.exec(leaf)?.[1];
    // `overpower`: it switched itself off, for its load took too much.
    if (number === undefined || !['on', 'off', 'overpower'].includes(text)) return undefined;
    return { isOnline: true, channels: [{ channel: Number(number), on: text === 'on' }] };
  },
  switch: (own, { channel, on }) => ({
    topic: `shellies/${own}/relay/${channel}/command`,
    payload: on ? 'on' : 'off',
  }),
  ask: (own) => [{ topic: `shellies/${own}/command`, payload: 'update' }],
};
