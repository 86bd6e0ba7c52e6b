import { describe, expect, it } from 'vitest';
import { accountFiles } from './account-files.ts';

const machine = {
  passwd: 'root:x:0:0:root:/root:/bin/bash\nada:x:1000:1000::/home/ada:/bin/sh\n',
  group: 'root:x:0:\nada:x:1000:\n',
};

describe('accountFiles', () => {
  it('puts the account before those of the machine', () => {
    const account = { name: 'bob', uid: 20_001, displayName: 'Bob', home: '/homes/bob' };
    expect(accountFiles(machine, account)).toEqual({
      passwd:
        'bob:x:20001:20001:Bob:/homes/bob:/bin/bash\nroot:x:0:0:root:/root:/bin/bash\nada:x:1000:1000::/home/ada:/bin/sh\n',
      group: 'bob:x:20001:\nroot:x:0:\nada:x:1000:\n',
    });
  });

  it('hides an account of the machine that has the same name', () => {
    const account = { name: 'ada', uid: 20_001, displayName: 'Ada', home: '/homes/ada' };
    const { passwd, group } = accountFiles(machine, account);
    expect(passwd).not.toContain('/home/ada');
    expect(group).not.toContain('1000');
  });

  it('lets no name break out of its field or its line', () => {
    const account = { name: 'eve', uid: 20_002, displayName: 'E:0:0\nroot::0:0', home: '/homes/eve' };
    expect(accountFiles(machine, account).passwd.split('\n')[0]).toBe(
      'eve:x:20002:20002:E 0 0 root  0 0:/homes/eve:/bin/bash',
    );
  });
});
