import { describe, expect, it } from 'vitest';
import { sessionEnvironment } from './session-environment.ts';

const options = {
  desktop: '0f8fad5b-d9cb-469f-a165-70867728950e',
  account: { name: 'ada', uid: 20_000, displayName: 'Ada', home: '/homes/ada' },
  authorityPath: '/run/d/xauthority',
  userRunDir: '/users/run/d',
  lookDir: '/users/look',
  application: null,
  kind: null,
  folder: null,
};

describe('sessionEnvironment', () => {
  it('marks the processes with their desktop', () => {
    expect(sessionEnvironment(options)).toMatchObject({ HOMEROOM_DESKTOP: options.desktop });
  });

  it('is the user’s own', () => {
    expect(sessionEnvironment(options)).toMatchObject({
      HOME: '/homes/ada',
      USER: 'ada',
      XAUTHORITY: '/run/d/xauthority',
      XDG_RUNTIME_DIR: '/users/run/d',
    });
  });

  it('names the folder that is to be in the home', () => {
    expect(sessionEnvironment({ ...options, folder: 'Exam' })).toMatchObject({ HOMEROOM_FOLDER: 'Exam' });
    expect(sessionEnvironment(options)).toMatchObject({ HOMEROOM_FOLDER: '' });
  });

  it('names the desktop environment to the programs in it, and what begins it', () => {
    expect(sessionEnvironment({ ...options, kind: 'xfce' })).toMatchObject({
      XDG_CURRENT_DESKTOP: 'XFCE',
      HOMEROOM_DESKTOP_PROGRAM: 'startxfce4',
    });
    expect(sessionEnvironment({ ...options, kind: 'openbox' })).toMatchObject({
      XDG_CURRENT_DESKTOP: 'Homeroom',
      HOMEROOM_DESKTOP_PROGRAM: '',
    });
  });

  it('shows a single application alone, whatever environment there is', () => {
    const alone = sessionEnvironment({ ...options, kind: 'xfce', application: 'xterm' });
    expect(alone).toMatchObject({ HOMEROOM_APPLICATION: 'xterm', HOMEROOM_DESKTOP_PROGRAM: '' });
  });

  it('preloads nothing when there is no wrapper for names', () => {
    expect(sessionEnvironment(options)).not.toHaveProperty('LD_PRELOAD');
  });

  it('gives names when there is one', () => {
    const names = { library: '/lib/libnss_wrapper.so', passwd: '/run/d/passwd', group: '/run/d/group' };
    expect(sessionEnvironment({ ...options, names })).toMatchObject({
      LD_PRELOAD: '/lib/libnss_wrapper.so',
      NSS_WRAPPER_PASSWD: '/run/d/passwd',
      NSS_WRAPPER_GROUP: '/run/d/group',
    });
  });

  it('names the one application of a desktop that has no panel', () => {
    expect(sessionEnvironment({ ...options, application: 'xterm' }).HOMEROOM_APPLICATION).toBe('xterm');
  });
});
