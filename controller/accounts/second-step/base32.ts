/** RFC 4648, 6: what authenticator apps write secrets in. No padding: the apps do without. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const bitsPerLetter = 5;

/** @returns bytes as Base32, without padding. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let heldBits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (heldBits += 8; heldBits >= bitsPerLetter; heldBits -= bitsPerLetter) {
      text += alphabet[(held >>> (heldBits - bitsPerLetter)) & 31];
    }
    held &= (1 << heldBits) - 1;
  }
  return heldBits === 0 ? text : text + alphabet[(held << (bitsPerLetter - heldBits)) & 31];
}

/** @returns the bytes of Base32, small letters and padding too. @throws Error for any other letter */
export function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let held = 0;
  let heldBits = 0;
  for (const letter of text.toUpperCase().replace(/=+$/, '')) {
    const value = alphabet.indexOf(letter);
    if (value < 0) throw new Error('no letter of Base32');
    held = (held << bitsPerLetter) | value;
    heldBits += bitsPerLetter;
    if (heldBits >= 8) {
      heldBits -= 8;
      bytes.push((held >>> heldBits) & 255);
      held &= (1 << heldBits) - 1;
    }
  }
  return Buffer.from(bytes);
}
