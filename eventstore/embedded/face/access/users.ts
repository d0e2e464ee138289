import { randomBytes } from 'node:crypto';
import type { Engine } from '../../engine/engine.js';
import { dataOf } from '../../engine/record.js';
import { metastreamOf } from '../../engine/types.js';
import { type Hashed, hashOf, passwordChecker } from './password.js';

/** A user as the real server stores it: the newest event of `$user-<login>`; `$users` names them all. */
export type User = Hashed & {
  loginName: string;
  fullName: string;
  groups: string[];
  disabled: boolean;
};

/** What a user is without the password; `updated` in ms since the epoch. */
export type UserDetails = Omit<User, 'hash' | 'salt'> & { updated: number };

export type NewUser = Pick<User, 'loginName' | 'fullName' | 'groups'> & { password: string };

/** Why nothing was done. */
export type UserRefusal = 'not_found' | 'conflict' | 'denied';

export type Users = ReturnType<typeof usersOf>;

export const ADMINS = '$admins';
export const OPERATIONS = '$ops';

const streamOf = (login: string) => `$user-${login}`;
const ALL_USERS = '$users';
/** Fits the name of a stream in any script. */
export const MAX_LOGIN = 256;

/** The users of a log, kept in the log itself. One change after the other, so none is decided on old ground. */
export function usersOf(engine: Engine) {
  const isRight = passwordChecker();
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(change: () => Promise<T>): Promise<T> => {
    const done = last.then(change);
    last = done.catch(() => {});
    return done;
  };
  const change = (login: string, update: (user: User) => User | UserRefusal | Promise<User | UserRefusal>) =>
    alone(async (): Promise<UserRefusal | undefined> => {
      const found = read(engine, login);
      if (found === undefined) return 'not_found';
      const updated = await update(found.user);
      if (typeof updated === 'string') return updated;
      await write(engine, streamOf(login), '$UserUpdated', updated);
      return undefined;
    });

  return {
    /** Undefined unless login and password are right and the user is enabled. */
    authenticate(login: string, password: string): User | undefined | Promise<User | undefined> {
      const user = read(engine, login)?.user;
      if (user === undefined || user.disabled) return undefined;
      const right = isRight(password, user);
      return right === true ? user : right.then((yes) => (yes ? user : undefined));
    },
    details: (login: string): UserDetails | undefined => detailsOf(read(engine, login)),
    all: () => allOf(engine),
    async createStandard(password: string): Promise<void> {
      const missing = standardUsers.filter(({ loginName }) => isNew(engine, loginName));
      for (const user of missing) await alone(() => create(engine, { ...user, password }, isRight));
    },
    create: (user: NewUser) => alone(() => create(engine, user, isRight)),
    update: (login: string, { fullName, groups }: Pick<User, 'fullName' | 'groups'>) =>
      change(login, (user) => ({ ...user, fullName, groups })),
    enable: (login: string) => change(login, (user) => ({ ...user, disabled: false })),
    disable: (login: string) => change(login, (user) => ({ ...user, disabled: true })),
    resetPassword: (login: string, password: string) =>
      change(login, async (user) => ({ ...user, ...(await hashOf(password)) })),
    changePassword: (login: string, current: string, password: string) =>
      change(login, async (user) =>
        (await isRight(current, user)) ? { ...user, ...(await hashOf(password)) } : 'denied',
      ),
    delete: (login: string) =>
      alone(async (): Promise<UserRefusal | undefined> => {
        const { outcome } = read(engine, login)
          ? await engine.deleteStream(streamOf(login), 'any')
          : { outcome: 'none' };
        return outcome === 'written' ? undefined : 'not_found';
      }),
  };
}

/** The users that a log begins with. */
const standardUsers = [
  { loginName: 'admin', fullName: 'Event Store Administrator', groups: [ADMINS] },
  { loginName: 'ops', fullName: 'Event Store Operations', groups: [OPERATIONS] },
];

/** A standard user whom somebody deleted stays deleted. */
const isNew = (engine: Engine, login: string) =>
  read(engine, login) === undefined && !loginsOf(engine).has(login);

function loginsOf(engine: Engine): Set<string> {
  const logins = new Set<string>();
  for (let from: number | undefined = 0; from !== undefined; ) {
    const slice = engine.readStream({ stream: ALL_USERS, from, max: 1000 });
    if (slice.status !== 'ok') break;
    for (const record of slice.records) logins.add(dataOf(record).toString());
    from = slice.next;
  }
  return logins;
}

type Found = { user: User; updated: number };

function read(engine: Engine, login: string): Found | undefined {
  if (login.length > MAX_LOGIN) return undefined;
  const slice = engine.readStream({ stream: streamOf(login), from: 'end', backwards: true, max: 1 });
  const record = slice.status === 'ok' ? slice.records[0] : undefined;
  if (record === undefined) return undefined;
  return { user: JSON.parse(dataOf(record).toString()) as User, updated: record.created };
}

function detailsOf(found: Found | undefined): UserDetails | undefined {
  if (found === undefined) return undefined;
  const { hash, salt, ...user } = found.user;
  return { ...user, updated: found.updated };
}

function allOf(engine: Engine): UserDetails[] {
  const users = [...loginsOf(engine)].map((login) => detailsOf(read(engine, login)));
  const there = users.filter((user) => user !== undefined);
  return there.sort((one, other) => (one.loginName < other.loginName ? -1 : 1));
}

async function create(
  engine: Engine,
  { password, ...user }: NewUser,
  isRight: ReturnType<typeof passwordChecker>,
): Promise<UserRefusal | undefined> {
  const found = read(engine, user.loginName)?.user;
  // Created again with the same password is a repetition.
  if (found) return (await isRight(password, found)) ? undefined : 'conflict';
  const stream = streamOf(user.loginName);
  await write(engine, metastreamOf(stream), '$metadata', { $acl: { $w: ADMINS, $d: ADMINS, $mw: ADMINS } });
  await write(engine, stream, '$UserCreated', { ...user, ...(await hashOf(password)), disabled: false });
  await write(engine, ALL_USERS, '$User', user.loginName);
  return undefined;
}

async function write(engine: Engine, stream: string, type: string, data: object | string): Promise<void> {
  const isJson = typeof data !== 'string';
  const event = {
    id: randomBytes(16),
    type,
    isJson,
    data: Buffer.from(isJson ? JSON.stringify(data) : data),
    metadata: Buffer.alloc(0),
  };
  const { outcome } = await engine.append({ stream, expected: 'any', events: [event] });
  if (outcome !== 'written') throw new Error(`${stream} cannot be written: ${outcome}`);
}
