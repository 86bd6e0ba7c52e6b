import { Tabs } from './tabs.tsx';

/** The pages about oneself. */
export function AccountTabs() {
  return (
    <Tabs
      label="My account"
      tabs={[
        { href: '/security', label: 'Security' },
        { href: '/tokens', label: 'Tokens' },
      ]}
    />
  );
}
