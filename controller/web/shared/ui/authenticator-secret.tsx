import type { SecondStepEnrolment } from '@homeroom/protocol';
import { QrCode } from './qr-code.tsx';

/** What an authenticator app takes over: by its camera, or typed. */
export function AuthenticatorSecret({ enrolment }: { enrolment: SecondStepEnrolment }) {
  return (
    <>
      <p>Scan this with an authenticator app on your phone, then type the code that it shows.</p>
      <QrCode text={enrolment.uri} label="QR code for an authenticator app" />
      <details>
        <summary>No camera at hand?</summary>
        <p>Type this into the app, as a key that is based on time:</p>
        <code className="secret-once">{enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </details>
    </>
  );
}
