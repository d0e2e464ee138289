import { z } from 'zod';
import { storedAs } from './versions.js';

export const gameDeleted = storedAs(z.object({}));
