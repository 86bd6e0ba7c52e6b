import type { KioskView } from '@homeroom/protocol';
import type { ReactNode } from 'react';
import { Clock } from './clock.tsx';
import type { KioskScreen } from './screen-of.ts';

/** What stays in place on every screen of a seat: where it is, its name, the time. */
export function Frame({
  view,
  screen,
  children,
}: {
  view: KioskView | undefined;
  screen: KioskScreen;
  children: ReactNode;
}) {
  return (
    <div className="frame" data-screen={screen}>
      <header className="frame-head">
        <img src="/homeroom.svg" alt="" width={40} height={40} />
        <span>{view?.roomName ?? 'Homeroom'}</span>
      </header>
      <main className="frame-main">{children}</main>
      <footer className="frame-foot">
        <span className="frame-seat">{view?.seatName ?? view?.deviceName ?? ''}</span>
        <Clock />
      </footer>
    </div>
  );
}
