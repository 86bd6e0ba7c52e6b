const { readFileSync } = require('node:fs');

/**
 * @param {string} path of a file that holds one secret
 * @returns {string} the secret
 */
function readSecret(path) {
  const secret = readFileSync(path, 'utf8').trim();
  if (secret === '') throw new Error(`${path} holds no secret`);
  return secret;
}

module.exports = { readSecret };
