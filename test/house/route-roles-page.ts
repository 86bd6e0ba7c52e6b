import { refusalOf } from '@homeroom/controller/http/access.ts';
import type { Caller } from '@homeroom/controller/http/caller.ts';
import type { Role } from '@homeroom/protocol';
import { routeRows } from '../support/route-rows.ts';
import { generatedFrom, markdownTable } from './markdown.ts';

const nobody: Caller = { person: undefined, by: undefined, kiosk: undefined, address: null };
const kiosk: Caller = { ...nobody, kiosk: { deviceId: 'seat-1', csrfToken: '', idHash: '' } };

function personOf(role: Role): Caller {
  const user = { id: '', username: role, displayName: role, role, account: role, posixUid: 20_000 };
  return { ...nobody, by: 'cookie', person: { user, deviceId: null, csrfToken: '', idHash: '' } };
}

const callers: readonly (readonly [string, Caller])[] = [
  ['nobody', nobody],
  ['kiosk', kiosk],
  ['student', personOf('student')],
  ['teacher', personOf('teacher')],
  ['admin', personOf('admin')],
];

/** @returns the text of `docs/api-roles.md`: who gets past the door of which route, to be read in review. */
export function routeRolesPage(): string {
  const rows = routeRows()
    .map(({ method, path, access }) => [
      `\`${method} ${path.replaceAll(/:([a-z]+)/gi, '<$1>')}\``,
      ...callers.map(([, caller]) =>
        access === 'device' ? 'agents' : refusalOf(access, caller) ? '' : 'yes',
      ),
    ])
    .sort(([left = ''], [right = '']) => (left < right ? -1 : 1));
  return `${generatedFrom('controller/http/routes')}

# Who may use which route

What a role lets through at the door. Behind it a student still sees own things alone, a token may be [limited](api.md#who-asks) to some areas, and
some fields are for admins alone, as the [routes](api-routes.md) tell.

${markdownTable(['route', ...callers.map(([name]) => name)], rows)}
`;
}
