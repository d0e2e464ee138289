import { z } from 'zod';
import { storedAs } from './versions.js';

/** Tokens of the player that were issued up to then, in seconds since 1970, open nothing any more. */
export const playerTokensRevoked = storedAs(z.object({ upTo: z.number() }));
