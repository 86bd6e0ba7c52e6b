import { useState } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';

/** A password that was made, shown once, to be handed over. */
export function PasswordOnce({ username, password }: { username: string; password: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(password);
      setCopied(true);
    } catch {
      // Without a secure context the browser refuses; the text can be marked and copied by hand.
      setCopied(false);
    }
  };
  return (
    <div className="form">
      <p>
        The password of <strong>{username}</strong>. Write it down or copy it now: it is not shown again.
      </p>
      <code className="password-once">{password}</code>
      <div className="dialog-actions">
        <button type="button" className="button primary" data-autofocus onClick={() => void copy()}>
          <Icon name={isCopied ? 'check' : 'copy'} size={18} /> {isCopied ? 'Copied' : 'Copy'}
        </button>
      </div>
    </div>
  );
}
