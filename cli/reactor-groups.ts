import { MAILS } from '../commands/mail/verifying.js';
import { FORGETTING } from '../commands/memory/forgetting.js';
import { COMPANIONS } from '../commands/reactors/companion-reactor.js';
import { VOICES } from '../commands/voice/voices.js';
import type { Group } from '../eventstore/log.js';

/** Everything that reacts to the log in a group: what it cannot react to is parked there. */
export const reactorGroups: readonly Group[] = [COMPANIONS, VOICES, FORGETTING, MAILS];
