import { Page } from '../shell/page.tsx';
import { JoinTokens } from './join-tokens.tsx';
import { PolicySwitch } from './policy-switch.tsx';
import { WaitingDevices } from './waiting-devices.tsx';
import './enrolment-page.css';

/** How new devices come in. */
export function EnrolmentPage() {
  return (
    <Page title="Enrolment" lead="How new devices come in, and which ones wait at the door.">
      <PolicySwitch />
      <WaitingDevices />
      <JoinTokens />
    </Page>
  );
}
