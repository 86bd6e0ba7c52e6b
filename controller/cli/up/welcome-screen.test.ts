import { describe, expect, it } from 'vitest';
import { welcomeScreen } from './welcome-screen.ts';

const later = {
  httpPort: 8080,
  mqttPort: 1883,
  mqttTlsPort: 8883,
  networkAddress: '192.168.1.5',
  accounts: [],
  joinToken: 'homeroom1.hash.secret',
  logDir: '/data/logs',
  areDesktopsApart: true,
};

describe('welcomeScreen', () => {
  it('shows the new accounts with their passwords, once', () => {
    const accounts = [
      { username: 'admin', password: 'aaa' },
      { username: 'student', password: 'sss' },
    ];
    expect(welcomeScreen({ ...later, accounts })).toBe(`
Homeroom is running.

  Portal        http://localhost:8080
                https://192.168.1.5:8080 from other machines (our own certificate)
  Accounts      admin    aaa
                student  sss
                These passwords are shown only now. Keep them.
  Join token    homeroom1.hash.secret
  MQTT          mqtt://localhost:1883, mqtts://192.168.1.5:8883
  Logs          /data/logs

Ctrl-C ends it; the next start finds everything again.
`);
  });

  it('points back to the first start at every later one', () => {
    expect(welcomeScreen(later)).toContain(
      'Accounts      admin, teacher, student: their passwords were shown',
    );
  });

  it('names no address of a network that there is not', () => {
    const text = welcomeScreen({ ...later, networkAddress: undefined });
    expect(text).not.toContain('https://');
    expect(text).toContain('  MQTT          mqtt://localhost:1883\n');
  });

  it('warns when desktops share one user, and only then', () => {
    expect(welcomeScreen({ ...later, areDesktopsApart: false })).toContain('they are not kept apart');
    expect(welcomeScreen(later)).not.toContain('kept apart');
    expect(welcomeScreen({ ...later, areDesktopsApart: undefined })).not.toContain('kept apart');
  });

  it('says whose broker it is when it is not the embedded one', () => {
    const text = welcomeScreen({ ...later, mqttPort: undefined, mqttTlsPort: undefined });
    expect(text).toContain('the broker that HOMEROOM_MQTT_URL names');
  });
});
