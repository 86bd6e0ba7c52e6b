const familyWild = 0xffff;
const protocolName = 'MIT-MAGIC-COOKIE-1';

/**
 * An Xauthority file with one cookie that fits any display: the cookie must be there before the
 * X server has chosen its number. The server takes it by `-auth`, clients by `XAUTHORITY`.
 *
 * @param cookie 16 random bytes
 */
export function xAuthorityFile(cookie: Uint8Array): Buffer {
  const family = Buffer.alloc(2);
  family.writeUInt16BE(familyWild);
  const empty = Buffer.alloc(0);
  return Buffer.concat([family, ...[empty, empty, Buffer.from(protocolName), cookie].map(counted)]);
}

function counted(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.byteLength);
  return Buffer.concat([length, bytes]);
}
