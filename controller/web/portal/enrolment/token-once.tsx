import { useState } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';

/** A secret that is shown once, to be copied. */
export function TokenOnce({ token }: { token: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(token);
      setCopied(true);
    } catch {
      // Without a secure context the browser refuses; the text can be marked and copied by hand.
      setCopied(false);
    }
  };
  return (
    <div className="form">
      <p>Copy it now: it is not shown again. Give it to the agent as HOMEROOM_JOIN_TOKEN.</p>
      <code className="token-once">{token}</code>
      <div className="dialog-actions">
        <button type="button" className="button primary" data-autofocus onClick={() => void copy()}>
          <Icon name={isCopied ? 'check' : 'copy'} size={18} /> {isCopied ? 'Copied' : 'Copy'}
        </button>
      </div>
    </div>
  );
}
