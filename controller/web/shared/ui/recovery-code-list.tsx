import './qr-code.css';

/** Recovery codes, shown once, with the button that ends the showing. */
export function RecoveryCodeList({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  return (
    <div className="form">
      <p>
        Keep these recovery codes, on paper or in a password manager. Each lets you in once when your phone is
        not at hand. They are not shown again.
      </p>
      <ul className="recovery-codes" aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <button type="button" className="button primary" data-autofocus onClick={onKept}>
        I have kept them
      </button>
    </div>
  );
}
