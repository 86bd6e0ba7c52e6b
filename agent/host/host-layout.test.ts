import { describe, expect, it } from 'vitest';
import { desktopPaths, hostLayout } from './host-layout.ts';

const layout = hostLayout({ data: '/data', users: '/users', run: '/run/homeroom/0123456789ab' });
const desktop = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('desktopPaths', () => {
  it('gives each desktop folders of its own', () => {
    const paths = desktopPaths(layout, desktop);
    expect(paths.socket).toBe(`/run/homeroom/0123456789ab/${desktop}/s/rfb`);
    expect(paths.record).toBe(`/data/desktops/${desktop}.json`);
    expect(paths.userRunDir).toBe(`/users/run/${desktop}`);
  });

  it('keeps the socket path well within what the kernel takes', () => {
    expect(desktopPaths(layout, desktop).socket.length).toBeLessThanOrEqual(100);
  });

  it('keeps what users can write out of the folder of sockets and secrets', () => {
    expect(layout.homesDir).toBe('/users/homes');
    expect(layout.userRunDir).toBe('/users/run');
  });
});
