import { PolicySwitch } from '../enrolment/policy-switch.tsx';
import { Link } from '../route/link.tsx';
import { Page } from '../shell/page.tsx';
import { CareSection } from './care-section.tsx';
import { ControllerSection } from './controller-section.tsx';
import { HostsSection } from './hosts-section.tsx';
import { ProviderLimitsSection } from './provider-limits-section.tsx';
import './settings-page.css';

/** How this installation is, and what holds for all of it. */
export function SettingsPage() {
  return (
    <Page title="Settings" lead="How this installation is, and what holds for all of it.">
      <ControllerSection />
      <HostsSection />
      <ProviderLimitsSection />
      <PolicySwitch />
      <p className="section-lead">
        Waiting devices and join tokens are on <Link href="/enrolment">Enrolment</Link>; who must have a
        second step is on <Link href="/security">Security</Link>; holidays and the school’s clocks are on{' '}
        <Link href="/lessons">Lessons</Link>.
      </p>
      <CareSection />
    </Page>
  );
}
