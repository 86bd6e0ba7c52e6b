/** The part of a keyboard event that the rule looks at. */
export interface KeyPress {
  readonly type: 'keydown' | 'keyup';
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const modifiers: ReadonlySet<string> = new Set(['Control', 'Alt', 'Shift', 'Meta', 'AltGraph']);

/**
 * Ctrl+Alt+Shift pressed together and let go without any other key: the bar's own keys, which no desktop uses.
 * It fires when the last of the three is released, so that the desktop has seen every release and no key sticks there.
 *
 * @returns a function that takes each key event and answers whether the bar is to be toggled now
 */
export function createBarKeys(): (press: KeyPress) => boolean {
  let isArmed = false;
  return (press) => {
    if (press.type === 'keydown') {
      const isAll = press.ctrlKey && press.altKey && press.shiftKey;
      isArmed = modifiers.has(press.key) && (isArmed || isAll);
      return false;
    }
    const isFired = isArmed && !press.ctrlKey && !press.altKey && !press.shiftKey;
    if (isFired) isArmed = false;
    return isFired;
  };
}
