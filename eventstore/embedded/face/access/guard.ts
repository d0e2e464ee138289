import { type Metadata, ServerInterceptingCall, type ServerInterceptor, status } from '@grpc/grpc-js';
import type { Engine } from '../../engine/engine.js';
import { accessDenied, type Refusal, refusal } from '../errors.js';
import { type Caller, isAdmin, isOperator, mayUse } from './acl.js';
import { type Rule, ruleOf } from './rules.js';
import type { Users } from './users.js';

/** Who calls and what they may do is decided here, before a service sees anything of the call. */
export type Gate = {
  /** @throws a refusal when there are credentials and they are wrong. */
  callerOf(authorization: string | undefined): Caller | Promise<Caller>;
  may(caller: Caller, rule: Rule, message: unknown): boolean;
};

export function gateOf(engine: Engine, users: Users): Gate {
  return {
    callerOf(authorization) {
      if (authorization === undefined) return undefined;
      const { login, password } = parseBasic(authorization);
      const user = users.authenticate(login, password);
      return user instanceof Promise ? user.then(callerOf) : callerOf(user);
    },
    may(caller, rule, message) {
      if (rule === 'anyone') return true;
      if (rule === 'users') return caller !== undefined;
      if (rule === 'operators') return isOperator(caller);
      if (rule === 'admins') return isAdmin(caller);
      if ('stream' in rule) {
        const stream = rule.stream(message);
        return stream === undefined || mayUse(engine, caller, rule.right, stream);
      }
      const own = caller !== undefined && rule.account(message) === caller.login;
      return own || (rule.orAdmin && isAdmin(caller));
    },
  };
}

function callerOf(user: { loginName: string; groups: string[] } | undefined): Caller {
  if (user === undefined) throw unauthenticated();
  return { login: user.loginName, groups: user.groups ?? [] };
}

function parseBasic(authorization: string): { login: string; password: string } {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(authorization) ?? [];
  const text = Buffer.from(encoded ?? '', 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 0) throw unauthenticated();
  return { login: text.slice(0, colon), password: text.slice(colon + 1) };
}

const unauthenticated = () => refusal(status.UNAUTHENTICATED, 'Unauthenticated');

type Call = Parameters<ServerInterceptor>[1];

/** Asks the gate at the beginning of each call and, where the rule looks into them, at each message. */
export const guard =
  (gate: Gate): ServerInterceptor =>
  ({ path }, call) => {
    const rule = ruleOf(path);
    let caller: Caller;
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, go) =>
            void admit(call, async () => {
              const found = gate.callerOf(authorizationOf(metadata));
              caller = found instanceof Promise ? await found : found;
              if (typeof rule === 'string' && !gate.may(caller, rule, undefined)) throw accessDenied();
            }).then((admitted) => admitted && go(metadata)),
          onReceiveMessage(message, go) {
            if (typeof rule === 'string' || isAllowed(gate, caller, { rule, message })) go(message);
            else if (!('each' in rule) || !rule.each) refuse(call, accessDenied());
            // Of many requests in one call each is answered by itself.
            else go(Object.assign(message, { refused: accessDenied() }));
          },
          onReceiveHalfClose: (go) => go(),
          onCancel: () => {},
        }),
    });
  };

function isAllowed(
  gate: Gate,
  caller: Caller,
  { rule, message }: { rule: Exclude<Rule, string>; message: unknown },
): boolean {
  try {
    return gate.may(caller, rule, message);
  } catch {
    // It cannot be read: the service says so by the same parser.
    return caller !== undefined;
  }
}

async function admit(call: Call, check: () => Promise<void>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch (error) {
    refuse(call, error as Refusal);
    return false;
  }
}

const refuse = (call: Call, { code, details, metadata }: Refusal) =>
  call.sendStatus({ code, details, metadata });

const authorizationOf = (metadata: Metadata) => metadata.get('authorization')[0]?.toString();
