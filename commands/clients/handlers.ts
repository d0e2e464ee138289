import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { client } from '../../domain/client/client.js';
import { clientId, streamOf } from '../../domain/kernel/ids.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { drafted, type WriteSide } from '../context.js';
import { WRITE_SIDE } from '../tokens.js';
import { newApiKey } from './api-key.js';
import { hashPassword, passwordFits } from './password.js';

export class RegisterClient extends Command<{ clientId: string; apiKey: string } | Rejection> {
  constructor(readonly account: { name: string; email: string; password: string }) {
    super();
  }
}

@CommandHandler(RegisterClient)
export class RegisterClientHandler implements ICommandHandler<RegisterClient> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ account }: RegisterClient): Promise<{ clientId: string; apiKey: string } | Rejection> {
    const { side } = this;
    const id = clientIdOf(side, account.email);
    const stream = streamOf.client(clientId(id));
    const [name, email, password] = await Promise.all([
      side.sealer.seal(stream, account.name),
      side.sealer.seal(stream, account.email),
      hashPassword(account.password),
    ]);
    const key = newApiKey(id);
    const done = await side.clients.submit(stream, (state) => {
      const registered = client.decide(
        { type: 'RegisterClient', account: { name, email, password, tier: 'free' } },
        state,
      );
      if (registered instanceof Rejection) return registered;
      const issued = { type: 'ApiKeyIssued', data: { keyId: key.keyId, sha256: key.sha256 } } as const;
      const asked = { type: 'EmailVerificationAsked', data: {} } as const;
      return drafted([...registered, issued, asked], { clientId: id }, side.now());
    });
    return done instanceof Rejection ? done : { clientId: id, apiKey: key.apiKey };
  }
}

export type NewKey = { id: string; apiKey: string; replaces?: { id: string; endsAt: string } };

/** `replaces`: a key that opens for so many more milliseconds, so that who uses it has time to take the new one. */
export class IssueApiKey extends Command<NewKey | Rejection> {
  constructor(
    readonly clientId: string,
    readonly replaces?: { keyId: string; overlapMs: number },
  ) {
    super();
  }
}

@CommandHandler(IssueApiKey)
export class IssueApiKeyHandler implements ICommandHandler<IssueApiKey> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ clientId: id, replaces }: IssueApiKey): Promise<NewKey | Rejection> {
    const { keyId, apiKey, sha256 } = newApiKey(id);
    const now = this.side.now();
    const endsAt = new Date(now.getTime() + (replaces?.overlapMs ?? 0)).toISOString();
    const done = await changeClient(this.side, id, {
      ...{ type: 'IssueApiKey', keyId, sha256, at: now.toISOString() },
      ...(replaces && { retires: { keyId: replaces.keyId, endsAt } }),
    });
    if (done instanceof Rejection) return done;
    return { id: keyId, apiKey, ...(replaces && { replaces: { id: replaces.keyId, endsAt } }) };
  }
}

export class RevokeApiKey extends Command<{ id: string } | Rejection> {
  constructor(
    readonly clientId: string,
    readonly keyId: string,
  ) {
    super();
  }
}

@CommandHandler(RevokeApiKey)
export class RevokeApiKeyHandler implements ICommandHandler<RevokeApiKey> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ clientId: id, keyId }: RevokeApiKey): Promise<{ id: string } | Rejection> {
    const done = await changeClient(this.side, id, { type: 'RevokeApiKey', keyId });
    return done instanceof Rejection ? done : { id: keyId };
  }
}

/** The client with this address and password. Says no the same way, and as slowly, whichever is wrong. */
export async function logIn(side: WriteSide, email: string, password: string): Promise<string | Rejection> {
  const id = clientIdOf(side, email);
  const state = await side.clients.state(streamOf.client(clientId(id)));
  const fits = await passwordFits(password, state.registered ? state.password : NOBODYS_PASSWORD);
  return state.registered && fits ? id : reject('unauthorized', 'wrong e-mail address or password');
}

const NOBODYS_PASSWORD = `scrypt:32768:8:1:${Buffer.alloc(16).toString('base64url')}:${Buffer.alloc(32).toString('base64url')}`;

const clientIdOf = (side: WriteSide, email: string) =>
  side.pseudonym('client', email.trim().toLowerCase()).slice(0, 20);

export const changeClient = (side: WriteSide, id: string, command: Parameters<typeof client.decide>[0]) =>
  side.clients.submit(streamOf.client(clientId(id)), (state) => {
    const decided = client.decide(command, state);
    return decided instanceof Rejection ? decided : drafted(decided, { clientId: id }, side.now());
  });
