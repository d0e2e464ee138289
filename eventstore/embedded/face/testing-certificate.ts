import { generate } from 'selfsigned';
import type { Tls } from './front.js';

/** A certificate of its own for localhost and 127.0.0.1, valid for a year: made for one test and kept nowhere. */
export async function selfSigned(): Promise<Tls> {
  const altNames = [
    { type: 2 as const, value: 'localhost' },
    { type: 7 as const, ip: '127.0.0.1' },
  ];
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  return { cert: Buffer.from(cert), key: Buffer.from(key) };
}
