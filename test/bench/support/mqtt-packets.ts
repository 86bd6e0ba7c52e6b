/**
 * MQTT 3.1.1 by hand: the load must cost as little as it can, because it shares the machine with what is measured.
 */
export const packetTypes = { connack: 2, publish: 3, puback: 4, suback: 9 } as const;

export const disconnectPacket = Buffer.from([0xe0, 0]);

/** With a clean session and a retained will of QoS 1. */
export function connectPacket(login: {
  id: string;
  password: string;
  keepaliveS: number;
  will: { topic: string; payload: string };
}): Buffer {
  const { id, password, keepaliveS, will } = login;
  const cleanWithRetainedWill = 0b1110_1110;
  return packet(0x10, [
    text('MQTT'),
    Buffer.from([4, cleanWithRetainedWill, keepaliveS >> 8, keepaliveS & 0xff]),
    text(id),
    text(will.topic),
    text(will.payload),
    text(id),
    text(password),
  ]);
}

export function subscribePacket(messageId: number, filters: readonly string[]): Buffer {
  return packet(0x82, [
    uint16(messageId),
    ...filters.map((filter) => Buffer.concat([text(filter), Buffer.from([1])])),
  ]);
}

/** With QoS 1. */
export function publishPacket(message: {
  messageId: number;
  topic: string;
  payload: string;
  retain: boolean;
}): Buffer {
  const { messageId, topic, payload, retain } = message;
  return packet(retain ? 0x33 : 0x32, [text(topic), uint16(messageId), Buffer.from(payload)]);
}

export function pubackPacket(messageId: number): Buffer {
  return Buffer.concat([Buffer.from([0x40, 2]), uint16(messageId)]);
}

/** @returns topic, payload and message id of a PUBLISH's body */
export function readPublish(flags: number, body: Buffer) {
  const topicEnd = 2 + body.readUInt16BE(0);
  const isAcknowledged = (flags & 0b0110) !== 0;
  return {
    topic: body.toString('utf8', 2, topicEnd),
    messageId: isAcknowledged ? body.readUInt16BE(topicEnd) : undefined,
    payload: body.toString('utf8', isAcknowledged ? topicEnd + 2 : topicEnd),
  };
}

function packet(head: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const header = [head];
  let rest = body.length;
  do {
    const byte = rest % 128;
    rest = Math.floor(rest / 128);
    header.push(rest > 0 ? byte | 0x80 : byte);
  } while (rest > 0);
  return Buffer.concat([Buffer.from(header), body]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint16(bytes.length), bytes]);
}
