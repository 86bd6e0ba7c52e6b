import { randomUUID } from 'node:crypto';
import type {
  AuditEntry,
  ControllerStatus,
  HostResource,
  Lesson,
  Pool,
  ProviderLimit,
  Quota,
  Template,
  TemplateDetails,
} from '@homeroom/protocol';

const startedAt = '2026-01-01T08:00:00.000Z';

/** What teachers and admins see beside the class room: pools, limits, the log. Tests change it in place. */
export class AdminRecords {
  readonly details: TemplateDetails[];
  readonly pools: Pool[];
  readonly quotas: Quota[] = [];
  readonly findings: { id: string; kind: string; mendedAt: string | null }[] = [];
  readonly lessons: Lesson[] = [];
  readonly audit: AuditEntry[] = [];
  readonly hosts: HostResource[] = [
    {
      id: 'host-1',
      name: 'Host 1',
      kinds: ['xfce'],
      capacity: 20,
      used: 3,
      load: 0.25,
      healthy: true,
      draining: false,
      consent: 'allowed',
      faults: [],
      seenAt: startedAt,
    },
  ];
  readonly providerLimits: ProviderLimit[] = [
    { provider: 'host', storage: '', atOnce: null, isDefault: true, busy: 0 },
    { provider: 'simulated', storage: '', atOnce: 20, isDefault: true, busy: 1 },
  ];
  readonly status: ControllerStatus = {
    version: '0.1.0',
    startedAt,
    portalUrl: 'https://homeroom.example',
    mqttUrl: 'mqtt://homeroom.example:1883',
    mqttTlsUrl: null,
    caSha256: 'a'.repeat(64),
    roles: ['api'],
    checks: [{ name: 'database', ok: true, reason: null }],
    controllers: [
      {
        id: randomUUID(),
        roles: ['api'],
        machine: 'school',
        pid: 1,
        version: '0.1.0',
        startedAt,
        seenAt: startedAt,
      },
    ],
    missingRoles: [],
    openFindings: { missing: 0, foreign: 0, stuck: 0, forgotten: 0 },
  };

  constructor(templates: readonly Template[]) {
    this.details = templates.map(detailsOf);
    this.pools = templates.map(({ id, ready }) => poolOf(id, ready));
  }

  /** Write an entry into the log, as everything does that somebody changes. */
  log(actor: string, action: string, more: Partial<AuditEntry> = {}): void {
    const sequence = this.audit.length + 1;
    this.audit.unshift({
      id: sequence,
      at: new Date(Date.parse(startedAt) + sequence * 1000).toISOString(),
      actor,
      action,
      subject: null,
      details: null,
      before: null,
      after: null,
      address: '127.0.0.1',
      sequence,
      hash: 'b'.repeat(64),
      ...more,
    });
  }
}

/** @returns a pool with four ready ones wanted. */
export function poolOf(template: string, ready: number): Pool {
  return {
    template,
    warmMinimum: 4,
    warmMaximum: null,
    coldMinimum: 0,
    coldMaximum: 0,
    maximum: 20,
    maxAgeS: null,
    rollFloor: null,
    creating: 0,
    cold: 0,
    warming: 0,
    ready,
    cooling: 0,
    claimed: 0,
    failed: 0,
    outdated: 0,
    waiting: 0,
    lessons: 0,
  };
}

/** @returns a template as it is made when nothing but its card is told. */
export function detailsOf(template: Template): TemplateDetails {
  return {
    ...template,
    stream: 'vnc',
    settings: {},
    kind: null,
    hostCapacity: null,
    storage: '',
    policies: {},
    createTimeoutS: 120,
    idleTimeoutS: null,
    limitS: null,
    detachGraceS: 900,
    mayKeep: true,
    version: 1,
    withdrawnAt: null,
  };
}
