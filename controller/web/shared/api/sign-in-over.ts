const eventName = 'homeroom:sign-in-over';

/** Whoever asks the API and is told that nobody is signed in says so here, for the whole page. */
export function tellSignInOver(): void {
  window.dispatchEvent(new Event(eventName));
}

/** @returns a function that ends the watch. */
export function watchSignInOver(listener: () => void): () => void {
  window.addEventListener(eventName, listener);
  return () => window.removeEventListener(eventName, listener);
}
