import { expect, it } from 'vitest';
import { controllerRoles, defaultConnections, healthPortOf, needsBroker, remarksOn } from './roles.ts';

/** PostgreSQL’s default of 100, less the three that it keeps for its administrator. */
const postgresHas = 97;

it('lets ten processes of any roles share a PostgreSQL as it comes', () => {
  for (const role of controllerRoles)
    expect(10 * defaultConnections([role]), role).toBeLessThanOrEqual(postgresHas);
  expect(10 * defaultConnections(controllerRoles)).toBeLessThanOrEqual(postgresHas);
});

it('asks for a broker where devices are spoken with, and nowhere else', () => {
  const without = controllerRoles.filter((role) => !needsBroker([role]));
  expect(without).toEqual(['pool-manager', 'teachers-portal', 'operator']);
  expect(needsBroker(['pool-manager', 'cleanup'])).toBe(true);
});

it('says of roles without work that they have none', () => {
  expect(remarksOn(['api', 'mqtt'])).toEqual([]);
  expect(remarksOn(controllerRoles)).toHaveLength(1);
});

it('answers for each role on the port that is known for it', () => {
  expect(Object.fromEntries(controllerRoles.map((role) => [role, healthPortOf([role])]))).toEqual({
    api: 8080,
    'session-broker': 8081,
    'teachers-portal': 8082,
    'pool-manager': 8083,
    cleanup: 8084,
    'vm-controller': 8080,
    operator: 8086,
    mqtt: 8087,
  });
  expect(healthPortOf(['pool-manager', 'cleanup'])).toBe(8083);
});
