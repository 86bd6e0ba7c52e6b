import { describe, expect, it } from 'vitest';
import { missingPackages } from './debian-packages.mjs';

const listed = `Package: openbox
Status: install ok installed
Priority: optional
Description: standards-compliant, fast, light-weight and extensible window manager
 Status: install ok installed

Package: tint2
Status: deinstall ok config-files
Priority: optional

Package: xterm
Status: hold ok installed

Package: chromium
Status: install ok half-configured
dpkg-query: package 'pcmanfm' is not installed and no information is available
`;

describe('missingPackages', () => {
  it('takes installed packages as there, held ones too', () => {
    expect(missingPackages(['openbox', 'xterm'], listed)).toEqual([]);
  });

  it('takes removed, half-installed and unknown ones as missing, in the order asked for', () => {
    expect(missingPackages(['pcmanfm', 'openbox', 'tint2', 'chromium'], listed)).toEqual([
      'pcmanfm',
      'tint2',
      'chromium',
    ]);
  });

  it('misses everything when dpkg knows nothing', () => {
    expect(missingPackages(['openbox'], '')).toEqual(['openbox']);
  });
});
