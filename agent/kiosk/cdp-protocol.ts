/**
 * The part of the Chrome DevTools Protocol that the kiosk speaks.
 * https://chromedevtools.github.io/devtools-protocol/tot/
 */
export interface CdpCommands {
  'Browser.close': { params: Record<never, never>; result: Record<never, never> };
  'Target.setAutoAttach': {
    params: { autoAttach: boolean; waitForDebuggerOnStart: boolean; flatten: true };
    result: Record<never, never>;
  };
  'Target.getTargets': {
    params: Record<never, never>;
    result: { targetInfos: readonly TargetInfo[] };
  };
  'Target.attachToTarget': { params: { targetId: string; flatten: true }; result: { sessionId: string } };
  'Target.setDiscoverTargets': { params: { discover: boolean }; result: Record<never, never> };
  'Target.closeTarget': { params: { targetId: string }; result: { success: boolean } };
  'Inspector.enable': { params: Record<never, never>; result: Record<never, never> };
  'Page.enable': { params: Record<never, never>; result: Record<never, never> };
  'Page.getFrameTree': {
    params: Record<never, never>;
    result: { frameTree: { frame: { id: string; url: string } } };
  };
  'Page.navigate': {
    params: { url: string };
    result: { frameId: string; loaderId?: string; errorText?: string };
  };
  'Page.stopLoading': { params: Record<never, never>; result: Record<never, never> };
  'Page.setDocumentContent': { params: { frameId: string; html: string }; result: Record<never, never> };
  'Page.getLayoutMetrics': {
    params: Record<never, never>;
    result: { cssLayoutViewport: { clientWidth: number; clientHeight: number } };
  };
  'Page.captureScreenshot': {
    params: {
      format: 'jpeg';
      quality: number;
      clip: { x: number; y: number; width: number; height: number; scale: number };
      optimizeForSpeed: boolean;
    };
    result: { data: string };
  };
  'Page.createIsolatedWorld': {
    params: { frameId: string; worldName: string };
    result: { executionContextId: number };
  };
  'Runtime.evaluate': {
    params: { expression: string; contextId?: number };
    result: { result: { value?: unknown }; exceptionDetails?: { text: string } };
  };
  'Input.dispatchKeyEvent': { params: KeyStroke; result: Record<never, never> };
  'Input.dispatchMouseEvent': { params: MouseStroke; result: Record<never, never> };
  'Network.setCookie': {
    params: {
      url: string;
      name: string;
      value: string;
      path: '/';
      httpOnly: true;
      secure: boolean;
      sameSite: 'Strict';
      /** Seconds since 1970. */
      expires: number;
    };
    result: { success: boolean };
  };
  'Fetch.enable': { params: { patterns: readonly FetchPattern[] }; result: Record<never, never> };
  'Fetch.continueRequest': { params: { requestId: string }; result: Record<never, never> };
  'Fetch.continueResponse': { params: { requestId: string }; result: Record<never, never> };
  'Fetch.failRequest': {
    params: { requestId: string; errorReason: 'Aborted' };
    result: Record<never, never>;
  };
}

export interface KeyStroke {
  readonly type: 'keyDown' | 'keyUp';
  /** As `KeyboardEvent.key`. */
  readonly key: string;
  /** As `KeyboardEvent.code`. */
  readonly code?: string;
  readonly windowsVirtualKeyCode?: number;
  /** What it writes. */
  readonly text?: string;
}

export interface MouseStroke {
  readonly type: 'mouseMoved' | 'mousePressed' | 'mouseReleased';
  /** In CSS pixels of the viewport. */
  readonly x: number;
  readonly y: number;
  readonly button: 'none' | 'left';
  readonly clickCount?: number;
}

export interface CdpEvents {
  'Target.targetCreated': { targetInfo: TargetInfo };
  'Inspector.targetCrashed': Record<never, never>;
  'Page.frameNavigated': { frame: { id: string; parentId?: string; url: string; unreachableUrl?: string } };
  'Page.loadEventFired': { timestamp: number };
  'Fetch.requestPaused': {
    requestId: string;
    frameId: string;
    resourceType: string;
    request: { url: string };
    /** Present when it is the response that waits. */
    responseStatusCode?: number;
    responseErrorReason?: string;
  };
}

export interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
}

export interface FetchPattern {
  readonly urlPattern: string;
  readonly resourceType?: 'Document';
  readonly requestStage: 'Request' | 'Response';
}

export type CdpMethod = keyof CdpCommands;
export type CdpEventName = keyof CdpEvents;
/** An event as it comes: which page it is from, and what it tells. */
export type CdpEvent = {
  [N in CdpEventName]: { readonly method: N; readonly params: CdpEvents[N]; readonly sessionId?: string };
}[CdpEventName];
