/**
 * A part of the board that may be missing. Absence is an answer, never an exception: a laptop
 * without CEC is a healthy laptop.
 */
export type Presence<Port> =
  | { readonly present: true; readonly port: Port }
  | { readonly present: false; readonly reason: string };

/** @returns the presence of `port`. */
export function present<Port>(port: Port): Presence<Port> {
  return { present: true, port };
}

/** @returns an absence; `reason` tells a person what is missing and what would bring it. */
export function absent(reason: string): { readonly present: false; readonly reason: string } {
  return { present: false, reason };
}
