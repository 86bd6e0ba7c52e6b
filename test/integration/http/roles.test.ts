import { refusalOf } from '@homeroom/controller/http/access.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeRows } from '../../support/route-rows.ts';
import { ids } from './support/fake-services.ts';
import { asKiosk, asRole, startTestServer, type TestServer } from './support/test-server.ts';

const table = routeRows();

const callers = {
  nobody: {},
  kiosk: asKiosk,
  student: asRole('student'),
  teacher: asRole('teacher'),
  admin: asRole('admin'),
};
type Who = keyof typeof callers;

/** The table in one's head: who gets past the door of each kind of route. */
const admitted: Record<string, readonly Who[]> = {
  anyone: ['nobody', 'kiosk', 'student', 'teacher', 'admin'],
  device: ['nobody', 'kiosk', 'student', 'teacher', 'admin'],
  kiosk: ['kiosk'],
  viewer: ['kiosk', 'student', 'teacher', 'admin'],
  student: ['student', 'teacher', 'admin'],
  teacher: ['teacher', 'admin'],
  admin: ['admin'],
};

describe('roles', () => {
  let test: TestServer;
  beforeAll(async () => {
    test = await startTestServer();
  });
  afterAll(() => test[Symbol.asyncDispose]());

  for (const route of table) {
    for (const who of ['nobody', 'kiosk', 'student', 'teacher', 'admin'] as const) {
      const isAdmitted = admitted[route.access]?.includes(who) ?? false;
      it(`${route.method} ${route.path}: ${who} is ${isAdmitted ? 'let in' : 'refused'}`, async () => {
        // An answer that does not end is looked at by its own tests.
        if (route.path === '/events' && isAdmitted) return;
        const path = `/api/v1${route.path.replace(':id', ids.otherSession)}`;
        const answered = await test.fetch(path, { method: route.method, headers: callers[who] });
        const code = answered.status >= 400 ? answered.problem().code : 'none';
        const doorCodes = who === 'nobody' || route.access === 'kiosk' ? 'sign_in_required' : 'not_allowed';
        if (isAdmitted) expect(['sign_in_required', 'csrf_token_wrong']).not.toContain(code);
        else expect([doorCodes, 'sign_in_required']).toContain(code);
      });
    }
  }

  it('knows every kind of access', () => {
    expect(Object.keys(admitted).sort()).toEqual([...new Set([...table.map(({ access }) => access)])].sort());
    expect(refusalOf('admin', { person: undefined, by: undefined, kiosk: undefined, address: null })).toBe(
      'sign_in_required',
    );
  });
});
