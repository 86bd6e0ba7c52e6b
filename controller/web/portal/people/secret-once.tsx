import { type ReactNode, useState } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import './people-page.css';

/** Something secret that was made, shown once, to be copied. */
export function SecretOnce({ secret, children }: { secret: string; children: ReactNode }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } catch {
      // Without a secure context the browser refuses; the text can be marked and copied by hand.
      setCopied(false);
    }
  };
  return (
    <div className="form">
      <p>{children}</p>
      <code className="password-once">{secret}</code>
      <div className="dialog-actions">
        <button type="button" className="button primary" data-autofocus onClick={() => void copy()}>
          <Icon name={isCopied ? 'check' : 'copy'} size={18} /> {isCopied ? 'Copied' : 'Copy'}
        </button>
      </div>
    </div>
  );
}
