export interface XServerOptions {
  readonly socketPath: string;
  readonly authorityPath: string;
  readonly passwordPath: string;
  readonly width: number;
  readonly height: number;
  /** Shown by VNC viewers. */
  readonly title: string;
  /** Whether viewers may put text on the desktop's clipboard, and read it. */
  readonly clipboard: { readonly in: boolean; readonly out: boolean };
}

/** The descriptor on which the X server tells the display number that it chose. */
export const displayDescriptor = 3;

/**
 * Xvnc's command line. It listens on the Unix socket alone: `-rfbport -1` is needed for that, as 0 means
 * "5900 and the display's number" in TigerVNC 1.12.
 */
export function xServerArguments(options: XServerOptions): string[] {
  return [
    ...['-displayfd', String(displayDescriptor)],
    ...['-auth', options.authorityPath],
    ...['-nolisten', 'tcp', '-noreset'],
    ...['-geometry', `${options.width}x${options.height}`, '-depth', '24', '-dpi', '96'],
    ...['-rfbunixpath', options.socketPath, '-rfbunixmode', '0600', '-rfbport', '-1'],
    ...['-SecurityTypes', 'VncAuth', '-PasswordFile', options.passwordPath],
    // Every viewer on a Unix socket has the same address, so one wrong secret would lock all others out.
    '-UseBlacklist=0',
    // A reload of the page opens its new stream before the old one is seen to be gone.
    '-AlwaysShared',
    '-AcceptSetDesktopSize=1',
    ...['-MaxCutText', '1048576'],
    // Programs of the desktop could change the following two by its VNC extension, as `vncconfig -set` does.
    '-AllowOverride=desktop',
    `-AcceptCutText=${Number(options.clipboard.in)}`,
    `-SendCutText=${Number(options.clipboard.out)}`,
    ...['-desktop', options.title],
  ];
}
