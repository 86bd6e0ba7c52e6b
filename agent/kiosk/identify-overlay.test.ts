import { describe, expect, it } from 'vitest';
import { hideNameScript, showNameScript } from './identify-overlay.ts';

describe('showNameScript', () => {
  it('carries the name as text, whatever is in it', () => {
    const script = showNameScript('Seat "1"\n</script>', 10);
    expect(script).toContain(String.raw`name.textContent = "Seat \"1\"\n</script>"`);
    expect(() => new Function(script)).not.toThrow();
  });

  it('takes itself away after the time given', () => {
    expect(showNameScript('Seat 1', 2.5)).toContain('setTimeout(() => name.remove(), 2500)');
  });

  it('is found again by the script that hides it', () => {
    expect(showNameScript('Seat 1', 1)).toContain('"homeroom-identify"');
    expect(hideNameScript()).toContain('"homeroom-identify"');
  });
});
