import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

const searched = z.strictObject({
  store: z.string(),
  searchedFor: z.string(),
  found: z.int(),
  removed: z.int(),
  left: z.int(),
  /** Why something is left, or where nobody could look. */
  why: z.string().optional(),
});

const content = z.strictObject({
  format: z.literal('agl-erasure-1'),
  playerId: z.string(),
  clientId: z.string().nullable(),
  gameId: z.string().nullable(),
  /** Of the erasure in the log. */
  position: z.string(),
  erasedAt: z.string(),
  certifiedAt: z.string(),
  searched: z.array(searched),
  /** A look at every table that has a column for players, whatever made it. */
  residue: z.strictObject({ tables: z.int(), rows: z.int() }),
});

export const certificate = content.extend({
  /** Ed25519 (RFC 8032), as in a JSON Web Key. */
  publicKey: z.string(),
  /** Of all else, as canonical JSON (RFC 8785). */
  signature: z.string(),
});

export type Searched = z.infer<typeof searched>;
export type Content = z.infer<typeof content>;
export type Certificate = z.infer<typeof certificate>;

/** An Ed25519 key is a seed of 32 bytes; this is what stands before it in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs what an erasure has found. */
export function certifierBy(seed: Uint8Array): (content: Content) => Certificate {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = publicKeyOf(seed);
  return (content) => {
    const signed = { ...content, publicKey };
    return { ...signed, signature: sign(null, canonical(signed), key).toString('base64url') };
  };
}

/** By which certificates that were signed with this seed are told. */
export function publicKeyOf(seed: Uint8Array): string {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  return String(createPublicKey(key).export({ format: 'jwk' }).x);
}

/** What was signed, if it is as it was signed by the key that it names; whose that is, is another question. */
export function readCertificate(given: unknown): Certificate | null {
  const parsed = certificate.safeParse(given);
  if (!parsed.success) return null;
  const { signature, ...signed } = parsed.data;
  try {
    const isSigned = verify(null, canonical(signed), keyIn(signed), Buffer.from(signature, 'base64url'));
    return isSigned ? parsed.data : null;
  } catch {
    return null;
  }
}

const keyIn = ({ publicKey }: Pick<Certificate, 'publicKey'>): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });

/** Names in order, no blanks: of texts and whole numbers, JSON has one form then. */
const canonical = (value: object): Buffer => Buffer.from(JSON.stringify(value, inOrder), 'utf8');

const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
