import type { Provider } from '../desktops/provider.ts';

/** Make the providers that desktops may come from, by name. */
export function openProviders(_options: object): ReadonlyMap<string, Provider> {
  return new Map();
}
