/**
 * The local server of Qdrant's routes as a process of its own, to be killed at any moment: what it has answered is in
 * its journal, and is there again at the next start with the same one.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Asked } from './openapi.js';
import { startQdrant } from './qdrant-server.js';

const [port = '0', journal = ''] = process.argv.slice(2);
const server = await startQdrant({ port: Number(port) });
const isChange = ({ method, path }: Asked) => method !== 'get' && !/\/(query|scroll)$/.test(path);

const before = existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').filter(Boolean) : [];
for (const line of before) {
  const { method, path, query, body } = JSON.parse(line) as Asked;
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  await fetch(`${server.url}${path}?${new URLSearchParams(query)}`, {
    method: method.toUpperCase(),
    ...sent,
  });
}
server.instead = (asked) => {
  if (isChange(asked)) appendFileSync(journal, `${JSON.stringify(asked)}\n`);
  return null;
};
process.stdout.write(`up ${server.port}\n`);
