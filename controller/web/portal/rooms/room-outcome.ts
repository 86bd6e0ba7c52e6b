import type { Device } from '@homeroom/protocol';
import { toApiError } from '../../shared/api/api-error.ts';
import type { Settled } from '../../shared/settle-each.ts';
import type { Toast } from '../toasts/toast-provider.tsx';

const listedAtMost = 5;

/**
 * @param asked what was asked of each seat, `locked`
 * @returns what came of asking a whole room: who did not hear it, and who hears it later
 */
export function roomOutcome({ done, failed }: Settled<Device>, asked: string): Toast {
  const first = failed[0];
  if (first) {
    const { title } = toApiError(first.error);
    return {
      tone: 'bad',
      title: `Not ${asked}: ${names(failed.map(({ item }) => item))}.`,
      text: `${title} ${seats(done.length)} ${done.length === 1 ? 'was' : 'were'} ${asked}.`,
    };
  }
  const away = done.filter(({ connection }) => connection !== 'ready');
  return {
    tone: 'good',
    title: `${seats(done.length)}: ${asked}.`,
    text: away.length === 0 ? undefined : `${names(away)} will follow when back.`,
  };
}

function seats(count: number): string {
  return count === 1 ? '1 seat' : `${count} seats`;
}

function names(devices: readonly Device[]): string {
  const listed = devices.slice(0, listedAtMost).map(({ name }) => name);
  const more = devices.length - listed.length;
  return more > 0 ? `${listed.join(', ')} and ${more} more` : listed.join(', ');
}
