import type { Cec, Device, Hdmi } from '@homeroom/protocol';
import type { Fact, Tone } from './tone.ts';

/** @returns what is plugged in at HDMI. */
export function hdmiFact(hdmi: Hdmi | null): Fact {
  const label = 'HDMI';
  if (!hdmi) return { label, words: 'not reported', tone: 'idle' };
  const plugged = hdmi.connectors.filter((connector) => connector.connected);
  if (plugged.length === 0) return { label, words: 'nothing plugged in', tone: 'warn' };
  return { label, words: plugged.map(monitorWords).join(', '), tone: 'good' };
}

function monitorWords({ monitor, mode, name }: Hdmi['connectors'][number]): string {
  const what = monitor ? `${monitor.vendor} ${monitor.product}`.trim() : name;
  return mode ? `${what}, ${mode.width} × ${mode.height}` : what;
}

type Power = Cec['adapters'][number]['power'];
const powers: Record<Power, { words: string; tone: Tone }> = {
  on: { words: 'on', tone: 'good' },
  standby: { words: 'standby', tone: 'idle' },
  transitioning: { words: 'switching', tone: 'busy' },
  'no-peer': { words: 'does not answer (a monitor without CEC)', tone: 'idle' },
  'no-link': { words: 'not connected', tone: 'idle' },
  unknown: { words: 'unknown', tone: 'idle' },
  error: { words: 'fault', tone: 'bad' },
};

/** @returns what the television behind the seat says by CEC; undefined where the device has no CEC. */
export function televisionFact(cec: Cec | null): Fact | undefined {
  const adapter = cec?.adapters.find(({ power }) => power !== 'no-link') ?? cec?.adapters[0];
  if (!adapter) return undefined;
  const { words, tone } = powers[adapter.power];
  const name = adapter.television?.name ?? adapter.television?.vendor;
  return { label: 'TV', words: adapter.error?.message ?? (name ? `${words} (${name})` : words), tone };
}

/** @returns whether the screen is as it was asked to be. */
export function screenFact({ desired, reported }: Pick<Device, 'desired' | 'reported'>): Fact {
  const label = 'Screen';
  if (!reported) return { label, words: 'not reported', tone: 'idle' };
  const { power, error } = reported.screen;
  if (error) return { label, words: error.message, tone: 'bad' };
  if (power === 'unknown') return { label, words: 'unknown', tone: 'idle' };
  if (power !== desired.screen)
    return { label, words: `${power}, switching ${desired.screen}`, tone: 'busy' };
  return { label, words: power, tone: power === 'on' ? 'good' : 'idle' };
}
