import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Gate } from './access/guard.js';
import type { Rule } from './access/rules.js';
import { memberOf } from './gossip.js';
import { SERVER_VERSION } from './server-features.js';
import type { Node } from './service.js';
import type { Stats } from './stats.js';

/** What answers plain HTTP, and whom. A body of undefined is an answer without one. */
type Page = { rule: Rule; body(node: Node): object | undefined };

const pages: Record<string, Page> = {
  '/health/live': { rule: 'anyone', body: () => undefined },
  '/ping': { rule: 'anyone', body: () => ({ msgTypeId: 0, text: 'Ping request successfully handled' }) },
  '/info': { rule: 'anyone', body: info },
  '/gossip': { rule: 'anyone', body: gossip },
  '/stats': { rule: 'users', body: ({ stats }) => nested(stats()) },
};

/** The HTTP side of the node's port: for health checks and for people, with no streams. */
export function httpServer(node: Node, gate: Gate | undefined): Server {
  return createServer((request, response) => {
    void answer(request, response, { node, gate }).catch(() => send(response, 500));
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { node, gate }: { node: Node; gate: Gate | undefined },
): Promise<void> {
  request.resume();
  const page = pages[new URL(request.url ?? '/', 'http://node').pathname.replace(/(.)\/$/, '$1')];
  if (page === undefined) return send(response, 404);
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405);
  if (!(await mayAsk(gate, page.rule, request.headers.authorization))) {
    return send(response.setHeader('WWW-Authenticate', 'Basic realm="ES", charset="UTF-8"'), 401);
  }
  const body = page.body(node);
  if (body === undefined) return send(response, 204);
  send(
    response.setHeader('Content-Type', 'application/json; charset=utf-8'),
    200,
    JSON.stringify(body, null, 2),
  );
}

async function mayAsk(gate: Gate | undefined, rule: Rule, authorization?: string): Promise<boolean> {
  if (gate === undefined) return true;
  try {
    return gate.may(await gate.callerOf(authorization), rule, undefined);
  } catch {
    return false;
  }
}

const send = (response: ServerResponse, code: number, body = '') => void response.writeHead(code).end(body);

function info({ secure }: Node) {
  return {
    dbVersion: SERVER_VERSION,
    esVersion: SERVER_VERSION,
    state: 'leader',
    features: { projections: false, userManagement: true, atomPub: false },
    authentication: { type: secure ? 'internal' : 'insecure' },
  };
}

function gossip(node: Node) {
  const { instanceId, timeStamp, host, port } = memberOf(node);
  const member = {
    instanceId,
    timeStamp: new Date(timeStamp).toISOString(),
    state: 'Leader',
    isAlive: true,
    httpEndPointIp: host,
    httpEndPointPort: port,
    lastCommitPosition: node.engine.head(),
    writerCheckpoint: node.engine.head(),
    nodePriority: 0,
    isReadOnlyReplica: false,
    esVersion: SERVER_VERSION,
  };
  return { members: [member], serverIp: host, serverPort: port };
}

/** `a-b: 1` as `{a: {b: 1}}`. */
function nested(stats: Stats): object {
  const root: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(stats)) {
    const parts = name.split('-');
    const last = parts.pop()!;
    let at = root;
    for (const part of parts) {
      at[part] ??= {};
      at = at[part] as Record<string, unknown>;
    }
    at[last] = value;
  }
  return root;
}
