import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import './toasts.css';

export interface Toast {
  readonly tone: 'good' | 'bad';
  readonly title: string;
  readonly text?: string | undefined;
}

const shownMs = { good: 4_000, bad: 12_000 } as const;
const atMost = 4;
const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Short messages at the window's edge; errors stay longer, and screen readers read both. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly (Toast & { key: string })[]>([]);
  const close = useCallback(
    (key: string) => setToasts((all) => all.filter((toast) => toast.key !== key)),
    [],
  );
  const show = useCallback(
    (toast: Toast) => {
      const key = crypto.randomUUID();
      setToasts((all) => [...all.slice(1 - atMost), { ...toast, key }]);
      setTimeout(() => close(key), shownMs[toast.tone]);
    },
    [close],
  );

  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map(({ key, tone, title, text }) => (
          <div key={key} className="toast" data-tone={tone}>
            <Icon name={tone === 'bad' ? 'alert' : 'check'} />
            <p>
              <strong>{title}</strong>
              {text && <span>{text}</span>}
            </p>
            <button
              type="button"
              className="button quiet square"
              aria-label="Close"
              onClick={() => close(key)}
            >
              <Icon name="close" size={16} />
            </button>
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

/** @returns a function that shows a toast. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}
