import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClientFilter } from './client-filter.ts';

const clientInit = [0];
const setPixelFormat = [0, ...Array(19).fill(4)];
const setEncodings = [2, 0, 0, 2, 0, 0, 0, 7, 0xff, 0xff, 0xff, 0x21];
const updateRequest = [3, ...Array(9).fill(5)];
const key = [4, 1, 0, 0, 0, 0, 0, 65];
const pointer = [5, 0, 0, 9, 0, 9];
const extendedPointer = [5, 0x80, 0, 9, 0, 9, 1];
const cutText = [6, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3];
const extendedCutText = [6, 0, 0, 0, 0xff, 0xff, 0xff, 0xfc, 3, 3, 3, 3];
const continuousUpdates = [150, ...Array(9).fill(4)];
const fence = [248, 0, 0, 0, 0, 0, 0, 0, 2, 4, 4];
const xvp = [250, 0, 1, 2];
const setDesktopSize = [251, 0, 0, 9, 0, 9, 1, 0, ...Array(16).fill(4)];
const qemuKey = [255, 0, 0, 1, 0, 0, 0, 65, 0, 0, 0, 30];

const lookingOn = [setPixelFormat, updateRequest, continuousUpdates, fence];
const input = [key, pointer, extendedPointer, cutText, extendedCutText, qemuKey];
const others = [xvp, setDesktopSize];
/** What a view says in place of {@link setEncodings}: one encoding more, and that it takes no clipboard. */
const encodingsOfView = [
  ...[2, 0, 0, 3, 0xc0, 0xa1, 0xe5, 0xce, ...setEncodings.slice(4)],
  ...[6, 0, 0, 0, 0xff, 0xff, 0xff, 0xfc, 0x09, 0, 0, 0],
];

const shared = [1];
const passedBy = (filter: ClientFilter, ...messages: number[][]) => [
  ...filter.pass(Uint8Array.from(messages.flat())),
];
const begun = (kind: 'view' | 'control') => {
  const filter = new ClientFilter(kind);
  filter.pass(Uint8Array.from(clientInit));
  return filter;
};

/** Cuts bytes at random places. */
const cut = (bytes: readonly number[], places: readonly number[]): Uint8Array[] => {
  const ends = [...new Set([...places.map((place) => place % (bytes.length + 1)), bytes.length])].toSorted(
    (a, b) => a - b,
  );
  return ends.map((end, index) => Uint8Array.from(bytes.slice(ends[index - 1] ?? 0, end)));
};

describe('ClientFilter', () => {
  it.each([0, 1])('asks for a shared desktop, when the client said %d too', (flag) => {
    expect(passedBy(new ClientFilter('view'), [flag])).toEqual(shared);
  });

  it('lets who looks ask for pictures, and nothing else', () => {
    expect(passedBy(begun('view'), ...input, ...lookingOn, ...others, ...input)).toEqual(lookingOn.flat());
  });

  it('lets who helps type, point and paste, and leaves the size to its user', () => {
    const said = [...lookingOn, setEncodings, ...input, ...others];
    expect(passedBy(begun('control'), ...said)).toEqual([...lookingOn, setEncodings, ...input].flat());
  });

  it('has who looks take no clipboard, however often they tell their encodings', () => {
    expect(passedBy(begun('view'), setEncodings, updateRequest, setEncodings)).toEqual([
      ...encodingsOfView,
      ...updateRequest,
      ...encodingsOfView,
    ]);
  });

  it('says the same however the bytes are cut', () => {
    const message = fc.constantFrom(...lookingOn, setEncodings, ...input, ...others);
    fc.assert(
      fc.property(fc.array(message, { maxLength: 30 }), fc.array(fc.nat()), (messages, places) => {
        const filter = new ClientFilter('view');
        const chunks = cut([...clientInit, ...messages.flat()], places);
        const passed = chunks.flatMap((chunk) => [...filter.pass(chunk)]);
        const expected = messages.flatMap((said) => {
          if (said === setEncodings) return encodingsOfView;
          return lookingOn.includes(said) ? said : [];
        });
        expect(passed).toEqual([...shared, ...expected]);
      }),
    );
  });

  it('lets no byte of input through, whatever is said around it', () => {
    // What is typed here has a value that nothing else has.
    const secret = 0x99;
    const typed = fc.constantFrom(
      [4, 1, 0, 0, secret, secret, secret, secret],
      [5, 1, secret, secret, secret, secret],
      [6, 0, 0, 0, 0, 0, 0, 2, secret, secret],
      [255, 0, 0, 1, secret, secret, secret, secret, secret, secret, secret, secret],
    );
    const message = fc.oneof(typed, fc.constantFrom(...lookingOn, setEncodings));
    fc.assert(
      fc.property(fc.array(message, { maxLength: 30 }), fc.array(fc.nat()), (messages, places) => {
        const filter = new ClientFilter('view');
        const passed = cut([...clientInit, ...messages.flat()], places).map((chunk) => filter.pass(chunk));
        expect(passed.some((bytes) => bytes.includes(secret))).toBe(false);
      }),
    );
  });

  it('waits with a message until it is known what it is', () => {
    const filter = begun('control');
    expect(passedBy(filter, [5])).toEqual([]);
    expect(passedBy(filter, [0x80])).toEqual([5, 0x80]);
    expect(passedBy(filter, [0, 9, 0, 9, 1])).toEqual([0, 9, 0, 9, 1]);
  });

  it.each([[[77]], [[255, 1]]])('gives up at %o, whose end nobody knows', (unknown) => {
    expect(() => passedBy(begun('view'), updateRequest, unknown)).toThrow(/unknown message/);
  });

  it('refuses a list of encodings that has no room for one more', () => {
    expect(() => passedBy(begun('view'), [2, 0, 0xff, 0xff])).toThrow(/too many encodings/);
  });
});
