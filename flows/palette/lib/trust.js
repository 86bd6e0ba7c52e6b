/**
 * Whom a connection to the controller believes. A controller makes its own authority at its first start, so its
 * certificate is pinned: by the file of the authority, or by its SHA-256 as the controller tells it.
 */
const { createHash, X509Certificate } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { isIP } = require('node:net');
const { connect } = require('node:tls');

const handshakeTimeoutMs = 10_000;

/**
 * @param {{ url: string, caFile?: string | undefined, pin?: string | undefined }} options
 * @returns {Promise<import('node:tls').ConnectionOptions>} empty where public authorities are believed
 */
async function loadTrust({ url, caFile, pin }) {
  if (caFile) return trustIn(readFileSync(caFile, 'utf8'));
  if (!pin) return {};
  const { hostname, port } = new URL(url);
  return trustIn(await fetchAuthority({ host: hostname, port: Number(port || 443), pin: plainPin(pin) }));
}

function trustIn(pem) {
  // Controllers are reached by many names and addresses: the pin stands for the name.
  return { ca: pem, allowPartialTrustChain: true, checkServerIdentity: () => undefined };
}

/** @returns {string} the pin as 64 small hexadecimal digits; colons and blanks are how people copy them */
function plainPin(pin) {
  return pin.replace(/[\s:]/g, '').toLowerCase();
}

/** Take the chain without sending anything, and find the pinned certificate in it. */
function fetchAuthority({ host, port, pin }) {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ...(isIP(host) ? {} : { servername: host }),
      rejectUnauthorized: false,
    });
    const fail = (error) => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(handshakeTimeoutMs, () => fail(new Error('the controller does not answer')));
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      try {
        resolve(pinnedOf(chainOf(socket.getPeerCertificate(true)), pin).toString());
        socket.destroy();
      } catch (error) {
        fail(error);
      }
    });
  });
}

/** @returns {X509Certificate[]} the leaf first */
function chainOf(peer) {
  const chain = [];
  for (let one = peer; one?.raw && chain.length < 10; one = one.issuerCertificate) {
    const certificate = new X509Certificate(one.raw);
    if (chain.some((other) => other.fingerprint256 === certificate.fingerprint256)) break;
    chain.push(certificate);
  }
  return chain;
}

/**
 * @param {X509Certificate[]} chain
 * @param {string} pin
 * @returns {X509Certificate} the certificate of the chain with that SHA-256
 * @throws when none has it: then somebody else answers
 */
function pinnedOf(chain, pin) {
  const found = chain.find((one) => createHash('sha256').update(one.raw).digest('hex') === pin);
  if (!found) throw new Error('the certificate is not the one that is pinned: another machine answers');
  return found;
}

module.exports = { loadTrust, pinnedOf, plainPin };
