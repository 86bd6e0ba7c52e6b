import type { Services } from '@homeroom/controller/http/services.ts';
import { HomeroomError } from '@homeroom/protocol';

const at = '2026-01-01T00:00:00.000Z';
const refuse = () => Promise.reject(new HomeroomError('not_found'));
const empty = {
  page: () => Promise.resolve({ items: [], next: null }),
  get: () => Promise.resolve(undefined),
};
const unchangeable = { ...empty, create: refuse, change: refuse, remove: refuse };

/** A school without lessons, holidays and limits. */
export function fakeRules(): Pick<
  Services,
  'lessons' | 'lessonImport' | 'examCollections' | 'lessonSeries' | 'holidays' | 'school' | 'quotas' | 'usage'
> {
  return {
    lessons: { ...unchangeable, withRemarks: async (lesson) => lesson },
    examCollections: { of: async () => ({ items: [] }), retry: refuse },
    lessonImport: { run: async () => ({ kind: 'refused', faults: [] }) },
    lessonSeries: unchangeable,
    holidays: unchangeable,
    school: { get: async () => ({ timeZone: 'UTC' }), set: async (told) => told },
    quotas: unchangeable,
    usage: { of: async () => ({ from: at, to: at, hoursUsed: 0, limits: [], home: 'homes/somebody' }) },
  };
}
