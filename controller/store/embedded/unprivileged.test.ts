import { expect, it } from 'vitest';
import { parseAccount } from './unprivileged.ts';

const passwd = `root:x:0:0:root:/root:/bin/bash
postgres-old:x:99:99::/:/bin/false
postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash
`;

it('finds an account by its whole name', () => {
  expect(parseAccount(passwd, 'postgres')).toEqual({ uid: 101, gid: 104 });
  expect(parseAccount(passwd, 'post')).toBeUndefined();
});
