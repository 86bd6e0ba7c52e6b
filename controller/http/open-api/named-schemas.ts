import * as protocol from '@homeroom/protocol';
import type * as v from 'valibot';

/** The resources that the document tells once and refers to by name. */
export const namedSchemas: Readonly<Record<string, v.GenericSchema>> = {
  ApiToken: protocol.apiToken,
  AuditEntry: protocol.auditEntry,
  AuditVerdict: protocol.auditVerdict,
  ControllerStatus: protocol.controllerStatus,
  Desktop: protocol.desktop,
  Device: protocol.device,
  Enrolment: protocol.enrolment,
  EnrolmentPolicy: protocol.enrolmentPolicy,
  Group: protocol.group,
  JoinToken: protocol.joinToken,
  KioskView: protocol.kioskView,
  LoadTest: protocol.loadTest,
  Me: protocol.me,
  Pool: protocol.pool,
  Problem: protocol.problem,
  Room: protocol.room,
  Seat: protocol.seat,
  Session: protocol.session,
  StreamTicket: protocol.streamTicket,
  Template: protocol.template,
  SignedInUser: protocol.user,
  User: protocol.listedUser,
};
