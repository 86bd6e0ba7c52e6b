import encodeQR from 'qr';
import './qr-code.css';

/** The free edge that readers need around the code, in modules (ISO/IEC 18004). */
const quietModules = 4;

/** A QR code, drawn here: what it says goes nowhere else. Always dark on light, whatever the page's colours are. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: quietModules });
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg className="qr-code" viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}
