import { errors, HomeroomError } from '@homeroom/protocol/wire';
import { describe, expect, it } from 'vitest';
import { chooseLocalPage } from './choose-local-page.ts';

const connecting = { state: 'connecting' } as const;
const away = {
  state: 'waiting',
  error: new HomeroomError('broker_unavailable', '10.0.0.2 does not answer'),
} as const;

describe('chooseLocalPage', () => {
  it('shows the code while an admin has to decide', () => {
    const enrolment = {
      step: 'pending',
      controller: '10.0.0.2',
      caSha256: 'ab'.repeat(32),
      code: '042137',
    } as const;
    expect(chooseLocalPage({ link: connecting, enrolment, hasPage: false })).toMatchObject({
      kind: 'enrolling',
      code: '042137',
    });
  });

  it('says why the controller refuses, with the code of the catalogue and what to do', () => {
    const link = { state: 'refused', error: new HomeroomError('device_revoked') } as const;
    const page = chooseLocalPage({ link, enrolment: undefined, hasPage: true });
    expect(page?.kind).toBe('refused');
    expect(page?.text).toContain('device_revoked');
    expect(page?.text).toContain(errors.device_revoked.remedy);
  });

  it('says what keeps it from enrolling', () => {
    const page = chooseLocalPage({ link: away, enrolment: { step: 'looking' }, hasPage: false });
    expect(page?.text).toContain('10.0.0.2 does not answer');
  });

  it('leaves the controller’s page alone while the controller is away', () => {
    expect(chooseLocalPage({ link: away, enrolment: undefined, hasPage: true })).toBeUndefined();
  });

  it('says that the controller is away when there is no page yet', () => {
    expect(chooseLocalPage({ link: away, enrolment: undefined, hasPage: false })?.kind).toBe('offline');
    expect(chooseLocalPage({ link: connecting, enrolment: undefined, hasPage: false })?.kind).toBe(
      'starting',
    );
  });
});
