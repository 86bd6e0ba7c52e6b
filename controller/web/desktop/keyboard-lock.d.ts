/** The Keyboard Lock API (Chromium); not in TypeScript's own library. */
interface Navigator {
  readonly keyboard?: { lock(keyCodes?: readonly string[]): Promise<void> };
}
