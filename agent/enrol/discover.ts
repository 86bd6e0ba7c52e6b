import type { Service } from 'bonjour-service';
import type { ControllerAddress } from './controller-address.ts';
import { defaultMqttPort } from './controller-address.ts';

/**
 * Look for controllers on the local network by mDNS (`_homeroom._tcp`).
 *
 * @param waitMs how long to listen; every controller that answers meanwhile is found
 * @returns the addresses in the order of their answers; empty when nobody answers
 */
export async function discoverControllers(waitMs: number, signal: AbortSignal): Promise<ControllerAddress[]> {
  // Lazily: most starts know their controller already.
  const { Bonjour } = await import('bonjour-service');
  const bonjour = new Bonjour({}, () => undefined);
  const found: ControllerAddress[] = [];
  try {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      const stop = () => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener('abort', stop, { once: true });
      bonjour.find({ type: 'homeroom' }, (service) => {
        found.push(...addressesOf(service));
        stop();
      });
    });
    return found;
  } finally {
    bonjour.destroy();
  }
}

/** IPv4 first: a link-local IPv6 address needs a zone that mDNS does not tell. */
function addressesOf(service: Service): ControllerAddress[] {
  const txt: Record<string, unknown> = service.txt ?? {};
  const mqttPort = Number(txt.mqttTlsPort ?? txt.mqtttlsport ?? defaultMqttPort);
  const hosts = (service.addresses ?? []).filter((address) => !address.toLowerCase().startsWith('fe80:'));
  const v4First = hosts.toSorted(
    (first, second) => Number(first.includes(':')) - Number(second.includes(':')),
  );
  return v4First.map((host) => ({ host, mqttPort }));
}
