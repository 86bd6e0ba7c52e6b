import { performance } from 'node:perf_hooks';
import type { Metrics } from '../http/metrics.ts';
import type { SessionService } from '../http/services.ts';

/** The same sessions, with the time that each claim took counted. */
export function countClaims(sessions: SessionService, metrics: Pick<Metrics, 'claim'>): SessionService {
  return {
    start: async (request) => {
      const startedAt = performance.now();
      const started = await sessions.start(request);
      metrics.claim(started.created, (performance.now() - startedAt) / 1000);
      return started;
    },
    resumeAt: (at) => sessions.resumeAt(at),
    end: (id, endReason, actor, reason) => sessions.end(id, endReason, actor, reason),
    move: (id, seatId, actor) => sessions.move(id, seatId, actor),
    keep: (id, actor) => sessions.keep(id, actor),
    changeTemplate: (id, templateId, actor) => sessions.changeTemplate(id, templateId, actor),
    latestOf: (userId) => sessions.latestOf(userId),
    get: (id) => sessions.get(id),
    page: (filter, page) => sessions.page(filter, page),
    liveOf: (userId) => sessions.liveOf(userId),
  };
}
