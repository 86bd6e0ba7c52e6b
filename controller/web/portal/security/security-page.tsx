import type { User } from '@homeroom/protocol';
import { useState } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import { OwnPasswordDialog } from '../people/own-password-dialog.tsx';
import { AccountTabs } from '../shell/account-tabs.tsx';
import { Page } from '../shell/page.tsx';
import { OwnSecondStep } from './own-second-step.tsx';
import { SecondStepRulesSection } from './second-step-rules-section.tsx';

/** How one’s own sign-in is kept safe; for admins also what is asked of others. */
export function SecurityPage({ user }: { user: User }) {
  const [isChanging, setChanging] = useState(false);
  const isStudent = user.role === 'student';
  return (
    <Page title="Security" lead="How your sign-in is kept safe.">
      <AccountTabs />
      <section className="section" aria-labelledby="password-title">
        <h2 id="password-title">Password</h2>
        <p>Everywhere else you are signed out when you change it.</p>
        <p>
          <button type="button" className="button" onClick={() => setChanging(true)}>
            <Icon name="key" size={18} /> Change my password
          </button>
        </p>
      </section>
      {!isStudent && <OwnSecondStep />}
      {user.role === 'admin' && <SecondStepRulesSection />}
      {isChanging && <OwnPasswordDialog onClose={() => setChanging(false)} />}
    </Page>
  );
}
