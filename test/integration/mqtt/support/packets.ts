/** MQTT 3.1.1 packets by hand, for what a well-behaved library does not send. */

export interface ConnectFields {
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  readonly isClean?: boolean;
  readonly keepaliveS?: number;
}

export function connectPacket({
  clientId,
  username,
  password,
  isClean = true,
  keepaliveS = 60,
}: ConnectFields): Buffer {
  const flags =
    (isClean ? 0x02 : 0) | (username === undefined ? 0 : 0x80) | (password === undefined ? 0 : 0x40);
  return packet(0x10, [
    text('MQTT'),
    Buffer.from([4, flags, keepaliveS >> 8, keepaliveS & 0xff]),
    text(clientId),
    ...(username === undefined ? [] : [text(username)]),
    ...(password === undefined ? [] : [text(password)]),
  ]);
}

export function subscribePacket(filter: string): Buffer {
  return packet(0x82, [Buffer.from([0, 1]), text(filter), Buffer.from([0])]);
}

export function publishPacket(topic: string, payload: Buffer): Buffer {
  return packet(0x30, [text(topic), payload]);
}

/** @param lengthBytes says another length than what follows */
export function packet(type: number, parts: readonly Buffer[], lengthBytes?: number): Buffer {
  const body = Buffer.concat(parts);
  const header = [type];
  let rest = lengthBytes ?? body.length;
  do {
    const byte = rest % 128;
    rest = Math.floor(rest / 128);
    header.push(rest > 0 ? byte | 0x80 : byte);
  } while (rest > 0);
  return Buffer.concat([Buffer.from(header), body]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}
