import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Api } from './api.ts';
import type { Installation } from './installation.ts';
import type { Cookie } from './people.ts';

/**
 * Ask for the identity of a seat's browser, as the seat's agent does.
 *
 * @param agent its name, which is the device's id for a simulated seat
 */
export async function kioskCookie(homeroom: Installation, agent: string): Promise<Cookie> {
  const file = join(homeroom.dataDir, 'agents', agent, 'credential.json');
  const { device, password } = JSON.parse(await readFile(file, 'utf8'));
  const basic = Buffer.from(`${device}:${password}`).toString('base64');
  const { cookie } = await new Api(homeroom.origin, { authorization: `Basic ${basic}` }).ask(
    'POST',
    '/kiosk/sign-in',
  );
  return { name: cookie.name, value: cookie.value };
}
