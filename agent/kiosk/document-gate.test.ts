import { beforeEach, describe, expect, it } from 'vitest';
import type { CdpEvents } from './cdp-protocol.ts';
import { DocumentGate } from './document-gate.ts';

type Paused = CdpEvents['Fetch.requestPaused'];

describe('DocumentGate', () => {
  let told: string[];
  let gate: DocumentGate;
  const document: Paused = {
    requestId: '1',
    frameId: 'main',
    resourceType: 'Document',
    request: { url: 'https://good/' },
  };

  beforeEach(() => {
    told = [];
    gate = new DocumentGate({
      send: (method) => {
        told.push(method);
        return Promise.reject(new Error('the page is gone'));
      },
      frameId: 'main',
      identityPath: '/api/v1/kiosk',
      events: {
        isAllowed: (url) => url.startsWith('https://good/'),
        refused: (url) => told.push(`refused ${url}`),
        unauthorised: () => told.push('unauthorised'),
      },
    });
  });

  it('lets an allowed document through', () => {
    gate.decide(document);
    expect(told).toEqual(['Fetch.continueRequest']);
  });

  it('stops any other, also in a frame', () => {
    gate.decide({ ...document, frameId: 'inner', request: { url: 'https://evil/' } });
    expect(told).toEqual(['Fetch.failRequest', 'refused https://evil/']);
  });

  it('keeps the status of the main document alone', () => {
    gate.decide({ ...document, responseStatusCode: 503 });
    gate.decide({ ...document, frameId: 'inner', responseStatusCode: 200 });
    expect(gate.httpStatus).toBe(503);
    gate.forgetStatus();
    expect(gate.httpStatus).toBeUndefined();
  });

  it('tells of a 401, also on the request by which a page learns its seat', () => {
    gate.decide({ ...document, resourceType: 'Fetch', responseStatusCode: 401 });
    expect(told).toEqual(['unauthorised', 'Fetch.continueResponse']);
    expect(gate.httpStatus).toBeUndefined();
  });

  it('lets a response that failed go on', () => {
    gate.decide({ ...document, responseErrorReason: 'ConnectionRefused' });
    expect(told).toEqual(['Fetch.continueResponse']);
  });
});
