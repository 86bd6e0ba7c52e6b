import { type FindGpioOptions, findGpioDriver } from '../gpio/find-gpio-driver.ts';
import { absent, type Presence, present } from '../presence.ts';
import { GpioRelays } from './gpio-relays.ts';
import type { RelayWiring } from './relay-wiring.ts';

/** @returns the relays of this board's wiring; absent without wiring, and without a way to drive lines. */
export async function openRelays(
  wiring: readonly RelayWiring[],
  options: FindGpioOptions,
): Promise<Presence<GpioRelays>> {
  if (wiring.length === 0) return absent('no relay is configured');
  const driver = await findGpioDriver(options);
  if (typeof driver === 'string') return absent(driver);
  return present(new GpioRelays({ driver, wiring, clock: options.clock }));
}
