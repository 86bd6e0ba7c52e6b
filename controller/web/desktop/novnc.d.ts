/** What Homeroom uses of noVNC, which brings no types; written after docs/API.md of its version 1.7. */
declare module '@novnc/novnc' {
  export interface RfbEvents {
    connect: CustomEvent<Record<string, never>>;
    disconnect: CustomEvent<{ clean: boolean }>;
    clipboard: CustomEvent<{ text: string }>;
    desktopname: CustomEvent<{ name: string }>;
    securityfailure: CustomEvent<{ status: number; reason?: string }>;
  }

  /** The drawing part; private to noVNC, touched in first-paint.ts alone. */
  export interface Display {
    flip(fromQueue?: boolean): void;
    pending(): boolean;
    fillRect(...args: unknown[]): void;
    blitImage(...args: unknown[]): void;
    drawImage(...args: unknown[]): void;
  }

  export default class RFB extends EventTarget {
    constructor(target: HTMLElement, channel: WebSocket, options?: { shared?: boolean });
    scaleViewport: boolean;
    resizeSession: boolean;
    viewOnly: boolean;
    background: string;
    qualityLevel: number;
    compressionLevel: number;
    readonly _display: Display;
    disconnect(): void;
    focus(options?: FocusOptions): void;
    clipboardPasteFrom(text: string): void;
    /** Without `down`: pressed and released. */
    sendKey(keysym: number, code: string | null, down?: boolean): void;
    addEventListener<K extends keyof RfbEvents>(type: K, listener: (event: RfbEvents[K]) => void): void;
  }
}
