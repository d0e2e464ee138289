import { decrypt, encrypt } from './sealer.js';

/** What wraps other keys: the first of them wraps, each of them opens. So one takes over from another in steps. */
export type MasterKeys = readonly Uint8Array[];

/** None of the master keys opens what is wrapped. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';
}

/** @throws WrongMasterKey */
export function unwrap(masters: MasterKeys, wrapped: Buffer, subject: string): Buffer {
  for (const master of masters) {
    try {
      return decrypt(Buffer.from(master), wrapped, subject);
    } catch {
      // Another may open it.
    }
  }
  throw new WrongMasterKey(`the key of ${subject} is wrapped by another master key`);
}

export const wrap = ([first]: MasterKeys, key: Buffer, subject: string): Buffer =>
  encrypt(Buffer.from(first!), key, subject);

/** The same bytes where the first has wrapped it already. @throws WrongMasterKey */
export function wrappedByFirst(masters: MasterKeys, wrapped: Buffer, subject: string): Buffer {
  const [first, ...others] = masters;
  try {
    unwrap([first!], wrapped, subject);
    return wrapped;
  } catch {
    return wrap(masters, unwrap(others, wrapped, subject), subject);
  }
}
