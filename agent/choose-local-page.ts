import { errorCodeOf, errors, HomeroomError } from '@homeroom/protocol/wire';
import type { EnrolProgress } from './enrol/credentials.ts';
import type { LocalPage } from './kiosk/local-page.ts';
import type { LinkStatus } from './link/link.ts';

/** What decides whether the screen shows a page of the agent's own. */
export interface ScreenSituation {
  readonly link: LinkStatus;
  /** How far enrolment is; undefined when the device has a credential. */
  readonly enrolment: EnrolProgress | undefined;
  /** There is a page of the controller's to show: the kiosk tells by itself when it cannot be loaded. */
  readonly hasPage: boolean;
}

/** @returns the page to show, or undefined when the controller's page shall stand. */
export function chooseLocalPage({ link, enrolment, hasPage }: ScreenSituation): LocalPage | undefined {
  if (link.state === 'refused') return refusedPage(link.error);
  if (enrolment) return enrolmentPage(enrolment, link);
  if (hasPage || link.state === 'stopped') return undefined;
  if (link.state === 'waiting') {
    const text = `The controller cannot be reached. This screen goes on by itself.\n${reasonOf(link.error)}`;
    return { kind: 'offline', title: 'Waiting for the controller', text };
  }
  return { kind: 'starting', title: 'Starting', text: 'One moment.' };
}

function refusedPage(error: Error): LocalPage {
  const code = errorCodeOf(error);
  return {
    kind: 'refused',
    title: 'The controller does not take this device',
    text: `${reasonOf(error)}\n${errors[code].remedy}\n(${code})`,
  };
}

function enrolmentPage(enrolment: EnrolProgress, link: LinkStatus): LocalPage {
  const trouble = link.state === 'waiting' ? `\n${reasonOf(link.error)}` : '';
  if (enrolment.step === 'looking') {
    return { kind: 'enrolling', title: 'Looking for a controller', text: `On the local network.${trouble}` };
  }
  const who = `${enrolment.controller}\n${enrolment.caSha256.slice(0, 16)}`;
  if (enrolment.step === 'asking') return { kind: 'enrolling', title: 'Joining', text: `${who}${trouble}` };
  const text = `An admin of ${who}\naccepts this device when the code is the same there.`;
  return { kind: 'enrolling', title: 'Waiting to be accepted', text, code: enrolment.code };
}

function reasonOf(error: Error): string {
  return error instanceof HomeroomError ? error.detail : error.message;
}
