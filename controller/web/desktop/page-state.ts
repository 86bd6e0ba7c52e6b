/**
 * - `connecting`: asking for the stream, or waiting for a desktop
 * - `connected`: the stream speaks, no picture yet
 * - `painted`: the desktop can be seen
 * - `disconnected`: the stream broke; the page tries again by itself
 * - `ended`: nothing more will come here
 */
export type PageState = 'connecting' | 'connected' | 'painted' | 'disconnected' | 'ended';

/** Shows a state: the style sheet, the tests and the benchmark all read it from `<body data-state>`. */
export function showPageState(state: PageState): void {
  document.body.dataset.state = state;
  performance.mark(`homeroom:${state}`);
}
