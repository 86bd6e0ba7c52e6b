import type { Services } from '@homeroom/controller/http/services.ts';
import { HomeroomError } from '@homeroom/protocol';

const refuse = () => Promise.reject(new HomeroomError('not_found'));

/** Rooms where no class was ever started, and where nobody has a place. */
export function fakeClasses(): Pick<Services, 'classRuns' | 'seatings'> {
  return {
    classRuns: {
      get: async () => undefined,
      latestOf: async () => undefined,
      preview: refuse,
      start: refuse,
      stop: refuse,
      cancel: refuse,
      retry: refuse,
    },
    seatings: { of: async () => [], set: async (_room, plan) => plan },
  };
}
