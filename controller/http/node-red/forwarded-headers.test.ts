import { expect, it } from 'vitest';
import type { SignedIn } from '../../accounts/signed-in.ts';
import { answeredHeaders, forwardedHeaders } from './forwarded-headers.ts';

const person: SignedIn = {
  user: {
    id: 'u-1',
    username: 'ada',
    displayName: 'Ada Lövelace',
    role: 'teacher',
    account: 'ada',
    posixUid: 20_001,
  },
  deviceId: null,
  csrfToken: 'csrf',
  idHash: 'hash',
};
const identity = {
  'x-homeroom-secret': 'secret',
  'x-homeroom-user': 'u-1',
  'x-homeroom-username': 'ada',
  'x-homeroom-display-name': 'Ada%20L%C3%B6velace',
  'x-homeroom-role': 'teacher',
};
const forward = (headers: Record<string, string>, isUpgrade = false) =>
  forwardedHeaders({ headers, person, secret: 'secret', isUpgrade });

it('says who it is, and keeps what the browser wants', () => {
  expect(forward({ accept: 'text/html', host: 'desks' })).toEqual({
    accept: 'text/html',
    host: 'desks',
    ...identity,
  });
});

it('believes nothing that comes from outside', () => {
  const forged = { 'x-homeroom-role': 'admin', 'x-homeroom-secret': 'guess', 'x-homeroom-groups': 'all' };
  expect(forward(forged)).toEqual(identity);
});

it('keeps what proves a person to itself', () => {
  const headers = {
    authorization: 'Bearer hr_x',
    cookie: 'homeroom_session=a; theme=dark; homeroom_kiosk=b',
  };
  expect(forward(headers)).toEqual({ cookie: 'theme=dark', ...identity });
  expect(forward({ cookie: 'homeroom_session=a' })).toEqual(identity);
});

it('passes an upgrade on as one, and nothing else between neighbours', () => {
  const headers = { connection: 'Upgrade', upgrade: 'websocket', te: 'trailers' };
  expect(forward(headers)).toEqual(identity);
  expect(forward(headers, true)).toEqual({ connection: 'Upgrade', upgrade: 'websocket', ...identity });
});

it('lets no flow weaken the page or sign somebody in', () => {
  expect(
    answeredHeaders({
      'content-type': 'text/html',
      'content-security-policy': 'default-src *',
      'x-frame-options': 'ALLOWALL',
      'set-cookie': ['homeroom_session=theirs', 'theme=dark'],
    }),
  ).toEqual({ 'content-type': 'text/html', 'set-cookie': ['theme=dark'] });
});
