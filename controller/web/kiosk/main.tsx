import '../shared/styles/tokens.css';
import '../shared/styles/base.css';
import '../shared/styles/controls.css';
import './kiosk.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LiveProvider } from '../shared/live/live-context.tsx';
import { KioskApp } from './kiosk-app.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('kiosk.html has no #root');
const [, , device = ''] = window.location.pathname.split('/');
createRoot(root).render(
  <StrictMode>
    <LiveProvider>
      <KioskApp device={decodeURIComponent(device)} />
    </LiveProvider>
  </StrictMode>,
);
