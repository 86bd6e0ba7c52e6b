import { afterEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { answerWith, KioskStage } from './stage.ts';

let stage: KioskStage | undefined;
afterEach(() => stage?.end());

it('fetches a new cookie and loads again when the controller does not know the old one', async () => {
  let made = 0;
  stage = await KioskStage.open({
    kioskCookie: async () => {
      made += 1;
      return { name: 'kiosk', value: `cookie-${made}`, expiresAt: new Date(Date.now() + 3_600_000_000) };
    },
  });
  stage.answer = (request, response) =>
    answerWith(response, '', request.headers.cookie === 'kiosk=cookie-1' ? 401 : 200);
  await stage.kiosk.start();
  await stage.kiosk.show(`${stage.origin}/kiosk/pi-1`);
  await waitFor('it loads again', () => stage?.visits.length === 2);
  expect(stage.visits.map(({ cookie }) => cookie)).toEqual(['kiosk=cookie-1', 'kiosk=cookie-2']);
});
