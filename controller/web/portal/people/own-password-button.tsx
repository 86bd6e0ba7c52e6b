import { useState } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import { OwnPasswordDialog } from './own-password-dialog.tsx';

/** Beside one's own name: the way to a password of one's own. */
export function OwnPasswordButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="button quiet square"
        title="Change my password"
        aria-label="Change my password"
        onClick={() => setOpen(true)}
      >
        <Icon name="key" size={18} />
      </button>
      {isOpen && <OwnPasswordDialog onClose={() => setOpen(false)} />}
    </>
  );
}
