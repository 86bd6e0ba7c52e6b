import { errorCodeOf, HomeroomError, toError } from '@homeroom/protocol';

/**
 * Load something, and tell its faults together with those that were found before.
 *
 * @param faults a line for each
 * @throws HomeroomError `config_invalid` with every fault; what `load` throws when that is something else
 */
export function withFaults<T>(faults: readonly string[], load: () => T): T {
  let loaded: T;
  try {
    loaded = load();
  } catch (caught) {
    if (!(caught instanceof HomeroomError) || errorCodeOf(caught) !== 'config_invalid') throw toError(caught);
    throw new HomeroomError('config_invalid', [...faults, caught.detail].join('\n'), { cause: caught });
  }
  if (faults.length > 0) throw new HomeroomError('config_invalid', faults.join('\n'));
  return loaded;
}
