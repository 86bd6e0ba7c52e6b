/** A node cannot do what it is asked: something is missing or wrong in its settings or in the message. */
class PlanFault extends Error {
  name = 'PlanFault';
}

/** @returns what the message says, else what the node is set to; empty texts count as unset */
function choose(...values) {
  return values.find((value) => value !== undefined && value !== null && value !== '');
}

/** @returns {string} @throws {PlanFault} */
function need(what, ...values) {
  const value = choose(...values);
  if (value === undefined) throw new PlanFault(`No ${what} is given`);
  return value;
}

/** @returns {string[] | undefined} names of a list, or of a text with commas */
function listOf(value) {
  if (value === undefined || value === null || value === '') return undefined;
  const items = Array.isArray(value) ? value : String(value).split(',');
  const texts = items.map((item) => String(item).trim()).filter((item) => item !== '');
  return texts.length > 0 ? texts : undefined;
}

const words = new Map([
  ['on', true],
  ['true', true],
  ['1', true],
  ['off', false],
  ['false', false],
  ['0', false],
]);

/** @returns {boolean} @throws {PlanFault} what neither says on nor off must switch nothing */
function onOff(value) {
  if (typeof value === 'boolean') return value;
  const found = words.get(
    String(value ?? '')
      .trim()
      .toLowerCase(),
  );
  if (found === undefined) throw new PlanFault(`“${value}” is neither on nor off`);
  return found;
}

module.exports = { PlanFault, choose, listOf, need, onOff };
