import type { Services } from '@homeroom/controller/http/services.ts';
import { type ApiToken, type Group, HomeroomError } from '@homeroom/protocol';

const at = '2026-01-01T00:00:00.000Z';
export const groupId = 'eeeeeeee-0000-4000-8000-000000000001';
const group: Group = { id: groupId, name: '7b', source: 'local', members: 0, templates: [], createdAt: at };
const token: ApiToken = {
  id: 'eeeeeeee-0000-4000-8000-000000000002',
  user: 'aaaaaaaa-0000-4000-8000-000000000001',
  username: 'student',
  note: 'a script',
  scopes: ['*'],
  createdAt: at,
  expiresAt: at,
  lastUsedAt: null,
  withdrawnAt: null,
};
const nothing = { items: [], next: null };

/** Groups, tokens, imports and second steps that keep nothing. */
export function fakePeople(): Pick<
  Services,
  | 'groups'
  | 'templateGroups'
  | 'guests'
  | 'seatGuests'
  | 'tokens'
  | 'peopleImport'
  | 'secondStepCodes'
  | 'secondStepRules'
> {
  return {
    groups: {
      page: async () => nothing,
      get: async (id) => (id === groupId ? group : undefined),
      create: async (name) => ({ ...group, name }),
      rename: async (_id, name) => ({ ...group, name }),
      remove: async () => undefined,
      members: async () => nothing,
      addMembers: async () => group,
      setMembers: async () => group,
      removeMember: async () => undefined,
    },
    templateGroups: {
      of: async () => [],
      set: async (_template, groups) => ({ groups: [...groups] }),
      mayUse: async () => true,
    },
    guests: {
      create: async () => ({
        id: 'aaaaaaaa-0000-4000-8000-000000000009',
        username: 'guest-abc',
        displayName: 'Guest',
        role: 'student',
        account: 'guest-abc',
        posixUid: 20_009,
        isGuest: true,
      }),
      limit: async () => undefined,
    },
    seatGuests: { set: async () => undefined, at: async () => undefined },
    tokens: {
      page: async () => nothing,
      create: async ({ note, scopes }) => ({ ...token, note, scopes: [...scopes], token: 'hr_secret' }),
      withdraw: async () => undefined,
    },
    peopleImport: {
      run: async ({ dryRun }) => ({
        kind: 'done',
        answer: { dryRun, created: 1, updated: 0, unchanged: 0, newGroups: [], passwords: null },
      }),
    },
    secondStepCodes: {
      stateOf: async () => ({ isSet: false, setAt: null, recoveryCodesLeft: 0 }),
      begin: async () => ({ secret: 'GEZDGNBV', uri: 'otpauth://totp/Homeroom:someone?secret=GEZDGNBV' }),
      confirm: async () => ['AAAA-BBBB-CCCC-DDDD'],
      renewRecovery: async () => ['AAAA-BBBB-CCCC-DDDD'],
      remove: async () => undefined,
      reset: async () => {
        throw new HomeroomError('second_step_unset');
      },
    },
    secondStepRules: {
      get: async () => ({ roles: [] }),
      set: async (wanted) => wanted,
    },
  };
}
