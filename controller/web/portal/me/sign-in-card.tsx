import { type ReactNode, useEffect } from 'react';
import './sign-in-page.css';

/** What stands at the door, whatever way people come in. */
export function SignInCard({ lead, children }: { lead: string; children: ReactNode }) {
  useEffect(() => {
    document.title = 'Sign in · Homeroom';
  }, []);
  return (
    <main className="sign-in-page">
      <div className="sign-in-card">
        <img src="/homeroom.svg" alt="" width={48} height={48} />
        <div>
          <h1>Homeroom</h1>
          <p>{lead}</p>
        </div>
        {children}
      </div>
    </main>
  );
}
