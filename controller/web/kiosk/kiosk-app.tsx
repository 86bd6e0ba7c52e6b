import type { KioskView } from '@homeroom/protocol';
import { useCallback, useEffect, useRef } from 'react';
import { warmDesktopPage } from '../shared/warm-desktop-page.ts';
import { Frame } from './frame.tsx';
import { screenOf } from './screen-of.ts';
import { useKioskFacts } from './use-kiosk-facts.ts';
import { useSwallowedInput } from './use-swallowed-input.ts';
import { ChooseView } from './views/choose-view.tsx';
import { IdentifyOverlay } from './views/identify-overlay.tsx';
import { MessageView } from './views/message-view.tsx';
import { SignInView } from './views/sign-in-view.tsx';
import { textOf } from './views/text-of.ts';
import { TextView } from './views/text-view.tsx';
import { WaitingView } from './views/waiting-view.tsx';

/** The page of a seat while no desktop is on it. */
export function KioskApp({ device }: { device: string }) {
  const { facts, takeMe } = useKioskFacts();
  const { view, user } = facts;
  const screen = screenOf(facts);
  const opens = screen === 'opening' ? pageOf(view) : undefined;
  const waiting = screen === 'waiting' ? view?.session : undefined;
  const said = screen === 'message' ? view?.roomMessage : undefined;
  const hasForm = screen === 'sign-in' || screen === 'choose' || Boolean(waiting ?? said);

  useEffect(() => void warmDesktopPage(), []);
  const openedRef = useRef<string>(undefined);
  const open = useCallback((url: string) => {
    // Going to the same page twice would begin its loading afresh.
    if (openedRef.current === url) return;
    openedRef.current = url;
    window.location.replace(url);
  }, []);
  useEffect(() => {
    // The agent shows the desktop too; whoever is first spares the person the wait.
    if (opens) open(opens);
  }, [opens, open]);
  useSwallowedInput(screen === 'locked');

  return (
    <Frame view={view} screen={screen}>
      {screen === 'sign-in' && (
        <SignInView
          movedTo={view?.movedTo ?? null}
          guest={view?.guest ?? null}
          onSignedIn={takeMe}
          onOpened={open}
        />
      )}
      {screen === 'choose' && user && <ChooseView user={user} onSignedOut={takeMe} onOpened={open} />}
      {waiting && <WaitingView session={waiting} />}
      {said && <MessageView key={said.id} text={view?.message ?? ''} message={said} />}
      {!hasForm && <TextView {...textOf(screen, view, device)} />}
      {view?.identify && <IdentifyOverlay view={view} />}
    </Frame>
  );
}

/** @returns where the seat goes on, beside its own page */
function pageOf(view: KioskView | undefined): string | undefined {
  return view?.broadcast ? `/broadcast/${view.broadcast}` : view?.session?.url;
}
