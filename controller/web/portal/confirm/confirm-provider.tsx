import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Dialog } from '../../shared/ui/dialog.tsx';

export interface Question {
  readonly title: string;
  /** What will happen, and what cannot be taken back. */
  readonly text: string;
  readonly confirmLabel: string;
}

type Ask = (question: Question) => Promise<boolean>;
const ConfirmContext = createContext<Ask>(() => Promise.resolve(false));

/** Asks before what cannot be undone. The safe answer has the focus. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Question & { answer: (yes: boolean) => void }>();
  const ask = useCallback<Ask>(
    (question) => new Promise((resolve) => setAsked({ ...question, answer: resolve })),
    [],
  );
  const answer = (yes: boolean): void => {
    asked?.answer(yes);
    setAsked(undefined);
  };

  return (
    <ConfirmContext value={ask}>
      {children}
      {asked && (
        <Dialog title={asked.title} onClose={() => answer(false)}>
          <p>{asked.text}</p>
          <div className="dialog-actions">
            <button type="button" className="button" data-autofocus onClick={() => answer(false)}>
              Cancel
            </button>
            <button type="button" className="button danger primary" onClick={() => answer(true)}>
              {asked.confirmLabel}
            </button>
          </div>
        </Dialog>
      )}
    </ConfirmContext>
  );
}

/** @returns a function that asks and resolves with the answer. */
export function useConfirm(): Ask {
  return useContext(ConfirmContext);
}
