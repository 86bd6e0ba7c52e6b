export interface BrowserArgumentsOptions {
  readonly profileDir: string;
  readonly headless: boolean;
  readonly size: { readonly width: number; readonly height: number };
  readonly isRoot: boolean;
  readonly memoryMiB: number;
  /** Base64 SHA-256 hashes of public keys. */
  readonly pinnedSpki: readonly string[];
}

/** Below it, a Pi with 1 GB, the page gets one small heap and nothing is kept for later. */
const smallMemoryMiB = 1_536;

const always = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  // Nothing of the browser's own may call home, update itself or ask questions on a kiosk.
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-crash-reporter',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-infobars',
  '--disable-notifications',
  '--disable-prompt-on-repost',
  '--disable-quic',
  '--disable-search-engine-choice-screen',
  '--disable-session-crashed-bubble',
  '--disable-sync',
  '--hide-crash-restore-bubble',
  '--noerrdialogs',
  '--password-store=basic',
  '--disable-features=AutofillServerCommunication,DialMediaRouteProvider,MediaRouter,OptimizationHints,Translate',
  // One page, no second window, no swipe back to the last one.
  '--block-new-web-contents',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  // A picture must come also when nobody moves the mouse, and sound without a first click.
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disk-cache-size=33554432',
  '--media-cache-size=8388608',
  '--renderer-process-limit=2',
] as const;

const small = [
  '--enable-low-end-device-mode',
  '--js-flags=--max-old-space-size=192',
  '--disk-cache-size=16777216',
  '--renderer-process-limit=1',
] as const;

/** Chromium's command line. No secret may stand in it: every user of the machine can read it. */
export function browserArguments(options: BrowserArgumentsOptions): string[] {
  const { headless, size, pinnedSpki } = options;
  return [
    ...always,
    `--user-data-dir=${options.profileDir}`,
    `--window-size=${size.width},${size.height}`,
    '--window-position=0,0',
    '--kiosk',
    ...(headless
      ? [
          '--headless=new',
          // A window without frame takes the size of the screen, so there must be one.
          `--screen-info={${size.width}x${size.height}}`,
          '--disable-gpu',
          '--hide-scrollbars',
          '--mute-audio',
        ]
      : ['--start-fullscreen', '--ozone-platform-hint=auto']),
    // Chromium's sandbox refuses root; as a user of its own it keeps it.
    ...(options.isRoot ? ['--no-sandbox'] : []),
    ...(options.memoryMiB < smallMemoryMiB ? small : []),
    // Pins, not a blanket pardon: only certificates with these keys pass without a known authority.
    ...(pinnedSpki.length > 0 ? [`--ignore-certificate-errors-spki-list=${pinnedSpki.join(',')}`] : []),
    'about:blank',
  ];
}
