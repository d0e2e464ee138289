import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Content, certifierBy, publicKeyOf, readCertificate } from './certificate.js';

const seed = Buffer.alloc(32, 5);
const content: Content = {
  format: 'agl-erasure-1',
  ...{ playerId: 'a-player', clientId: 'a-client', gameId: null, position: '7:3' },
  ...{ erasedAt: '2026-01-01T00:00:00.000Z', certifiedAt: '2026-01-01T00:00:01.000Z' },
  searched: [{ store: 'a store', searchedFor: 'rows', found: 3, removed: 3, left: 0 }],
  residue: { tables: 20, rows: 0 },
};

it('a certificate is read as it was signed, in whatever order its fields come', () => {
  const certificate = certifierBy(seed)(content);
  assert.deepEqual(readCertificate(JSON.parse(JSON.stringify(certificate))), certificate);
  const turned = Object.fromEntries(Object.entries(certificate).reverse());
  assert.deepEqual(readCertificate(turned), certificate);
  assert.equal(certificate.publicKey, publicKeyOf(seed));
  assert.deepEqual(certifierBy(seed)(content), certificate, 'the same content is signed alike (RFC 8032)');
});

it('whatever is changed in it, left out or added, it is none', () => {
  const certificate = certifierBy(seed)(content);
  const [searched] = certificate.searched;
  const wrong = [
    { ...certificate, playerId: 'another' },
    { ...certificate, searched: [{ ...searched, found: 2 }] },
    { ...certificate, searched: [] },
    { ...certificate, residue: { tables: 21, rows: 0 } },
    { ...certificate, publicKey: publicKeyOf(Buffer.alloc(32, 6)) },
    { ...certificate, publicKey: 'no key' },
    {
      ...certificate,
      signature: certificate.signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
    },
    { ...certificate, more: 1 },
    { ...certificate, position: undefined },
    null,
    'certificate',
  ];
  for (const one of wrong) assert.equal(readCertificate(one), null, JSON.stringify(one));
});
