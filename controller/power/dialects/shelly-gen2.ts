import { isObject, objectOf, type RelayDialect, type RelayWord } from './relay-dialect.ts';

const switchPattern = /^switch:(\d{1,2})$/;
/** Below the relay's own topic, so that its answer reaches nobody else. */
const replyTo = (own: string) => `${own}/homeroom`;

/**
 * Shelly of the second generation and later (shelly-api-docs.shelly.cloud/gen2): JSON-RPC on `<id>/rpc`, answered on
 * `<src>/rpc`; `<id>/events/rpc` tells changes, `<id>/status/switch:<n>` the whole status where that is switched on, and
 * `<id>/online` is its will.
 */
export const shellyGen2: RelayDialect = {
  read(own, topic, payload) {
    if (!topic.startsWith(`${own}/`)) return undefined;
    const leaf = topic.slice(own.length + 1);
    if (leaf === 'online') return { isOnline: payload.toString('utf8') === 'true', channels: [] };
    const json = objectOf(payload);
    if (!json) return undefined;
    if (leaf.startsWith('status/')) return wordOf({ [leaf.slice('status/'.length)]: json });
    if (leaf === 'events/rpc') return json.method === 'NotifyEvent' ? undefined : wordOf(json.params);
    return leaf === 'homeroom/rpc' ? ofAnswer(json.result) : undefined;
  },
  switch: (own, { id, channel, on, pulseMs }) => ({
    topic: `${own}/rpc`,
    payload: {
      id,
      src: replyTo(own),
      method: 'Switch.Set',
      params: { id: channel, on, ...(pulseMs === undefined ? {} : { toggle_after: pulseMs / 1000 }) },
    },
  }),
  ask: (own, channels) =>
    Array.from({ length: channels }, (_, channel) => ({
      topic: `${own}/rpc`,
      payload: {
        id: `ask-${channel}`,
        src: replyTo(own),
        method: 'Switch.GetStatus',
        params: { id: channel },
      },
    })),
};

/** A status has its channel in it; the answer to `Switch.Set` tells only how it was before. */
function ofAnswer(result: unknown): RelayWord | undefined {
  return isObject(result) && typeof result.id === 'number'
    ? wordOf({ [`switch:${result.id}`]: result })
    : undefined;
}

function wordOf(status: unknown): RelayWord | undefined {
  if (!isObject(status)) return undefined;
  const channels = Object.entries(status).flatMap(([name, value]) => {
    const number = switchPattern.exec(name)?.[1];
    if (number === undefined || !isObject(value) || typeof value.output !== 'boolean') return [];
    return [{ channel: Number(number), on: value.output }];
  });
  return channels.length > 0 ? { isOnline: true, channels } : undefined;
}
