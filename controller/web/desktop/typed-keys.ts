const backspace = 0xff08;
const enter = 0xff0d;

/**
 * What a phone's keyboard did to a field, as keys: such keyboards replace whole words, so only the text before
 * and after tells what was typed.
 *
 * @returns X11 keysyms in the order in which they are pressed: first what was deleted, then what is new
 */
export function typedKeys(before: string, after: string): number[] {
  const old = [...before];
  const now = [...after];
  let same = 0;
  while (same < old.length && same < now.length && old[same] === now[same]) same += 1;
  return [...old.slice(same).map(() => backspace), ...now.slice(same).map(keysymOf)];
}

/** Latin-1 is its own keysym, everything else is Unicode with a bit of its own (X11 protocol, appendix A). */
function keysymOf(character: string): number {
  if (character === '\n') return enter;
  const point = character.codePointAt(0) ?? 0;
  return point < 0x100 ? point : 0x01000000 | point;
}
