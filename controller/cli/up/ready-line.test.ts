import { describe, expect, it } from 'vitest';
import { parseReadyLine } from './ready-line.ts';

describe('parseReadyLine', () => {
  it('reads ports and first accounts', () => {
    const line = {
      ready: true,
      httpPort: 8080,
      mqttPort: 1883,
      mqttTlsPort: 8883,
      accounts: [{ username: 'admin', password: 'x' }],
    };
    expect(parseReadyLine(JSON.stringify(line))).toEqual(line);
  });

  it('does without broker ports when the broker is elsewhere', () => {
    expect(parseReadyLine('{"ready":true,"httpPort":80,"accounts":[]}')?.mqttPort).toBeUndefined();
  });

  it.each(['', 'hello', '{', '{"ready":false,"httpPort":1,"accounts":[]}', '{"ready":true}'])(
    'takes %j for no announcement',
    (line) => {
      expect(parseReadyLine(line)).toBeUndefined();
    },
  );
});
