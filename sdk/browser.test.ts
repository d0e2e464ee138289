import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { anEngine } from './testing/companions.js';
import { anAction, type Connection } from './testing/scripted-engine.js';

const here = dirname(fileURLToPath(import.meta.url));
const zod = dirname(createRequire(import.meta.url).resolve('zod/package.json'));
const browsers = [
  process.env.CHROME_BIN,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
];
const browser = browsers.find((path) => path && existsSync(path));

const page = (engineUrl: string) => `<!doctype html>
<script type="importmap">{"imports":{"zod":"/zod/index.js"}}</script>
<script type="module">
const tell = (body) => fetch('/told', { method: 'POST', body: JSON.stringify(body) });
try {
  const { connect, browserStore } = await import('/sdk/index.js');
  const reloaded = location.hash === '#reloaded';
  const actions = [];
  const companion = connect({
    url: ${JSON.stringify(engineUrl)}, token: location.hash || 'first page', store: browserStore('agl:p1'),
    onAction: (action) => actions.push(action.dialogue.text),
  });
  if (!reloaded) {
    companion.send({ type: 'player.kill', data: { streak: 1 } });
    companion.send({ type: 'player.victory', data: { mvp: true } });
    while (!localStorage.getItem('agl:p1')?.includes('player.victory')) await new Promise((r) => setTimeout(r, 5));
    location.hash = 'reloaded';
    location.reload();
  } else {
    const ack = await companion.chat('你好');
    while (actions.length < 1) await new Promise((r) => setTimeout(r, 5));
    await companion.close({ drain: true });
    await tell({ duplicate: ack.duplicate, actions, left: JSON.parse(localStorage.getItem('agl:p1')).pending.length });
  }
} catch (error) {
  await tell({ error: String(error?.stack ?? error) });
}
</script>`;

/** Serves the page, the compiled SDK and zod's modules; resolves `told` with what the page reports. */
async function serve(t: TestContext, html: string) {
  let tell = (_: unknown): void => undefined;
  const told = new Promise<unknown>((resolve) => {
    tell = resolve;
  });
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url!, 'http://x').pathname);
    if (path === '/') return response.setHeader('content-type', 'text/html').end(html);
    if (path === '/told') {
      let body = '';
      for await (const chunk of request) body += chunk;
      tell(JSON.parse(body));
      return response.end();
    }
    const file = path.startsWith('/zod/') ? join(zod, path.slice(5)) : join(here, path.slice(5));
    if (extname(file) !== '.js' || !existsSync(file)) return response.writeHead(404).end();
    return response.setHeader('content-type', 'text/javascript').end(await readFile(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => stop(server));
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}/`, told };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function open(t: TestContext, url: string): Promise<ChildProcess> {
  const profile = await mkdtemp(join(tmpdir(), 'agl-browser-'));
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const memory = ['--disable-dev-shm-usage', `--user-data-dir=${profile}`];
  // A group of its own: the browser starts helpers, and all of them must go.
  const child = spawn(browser!, [...flags, ...quiet, ...memory, '--remote-debugging-port=0', url], {
    stdio: 'ignore',
    detached: true,
  });
  t.after(async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.pid) {
      process.kill(-child.pid, 'SIGKILL');
      await gone;
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  return child;
}

test('in a real browser: events survive a reload, actions arrive', {
  skip: !browser && 'no Chromium here',
}, async (t) => {
  const engine = await anEngine(t);
  const reloaded = new Set<Connection>();
  engine.greet = ({ token }, connection) => {
    if (token === '#reloaded') reloaded.add(connection);
    connection.welcome();
  };
  engine.answer = (frame, connection) => {
    // The first page never hears an answer: what it sent must come again from the second.
    if (!reloaded.has(connection)) return void connection.store(frame);
    connection.record(frame);
    if (frame.type === 'chat_message') connection.send(anAction('a1', '1', frame.id));
  };
  const { url, told } = await serve(t, page(engine.url));
  const child = await open(t, url);
  const died = new Promise((resolve) =>
    child.once('exit', (code) => resolve({ error: `browser exit ${code}` })),
  );
  const late = new Promise((resolve) => setTimeout(resolve, 30_000, { error: 'no report in time' }).unref());
  assert.deepEqual(await Promise.race([told, died, late]), {
    duplicate: false,
    actions: ['太强了！！！'],
    left: 0,
  });
  assert.deepEqual(
    engine.log.map(({ body }) => (body as { type: string }).type),
    ['player.kill', 'player.victory', 'chat_message'],
  );
});

test('nothing of Node is imported by what a browser loads', async () => {
  const files = (await readdir(here)).filter((file) => file.endsWith('.js') && !file.includes('.test.'));
  assert.ok(files.includes('index.js') && files.length > 10);
  for (const file of files) {
    const text = await readFile(join(here, file), 'utf8');
    const from = [...text.matchAll(/\bfrom '([^']+)'/g)].map(([, name]) => name!);
    assert.deepEqual(
      from.filter(
        (name) => !name.startsWith('./') && name !== 'zod' && !(file === 'feel.js' && isFeeling(name)),
      ),
      [],
      file,
    );
    const dynamic = [...text.matchAll(/\bimport\('([^']+)'\)/g)].map(([, name]) => name);
    assert.deepEqual(dynamic, file === 'socket.js' ? ['./http-socket.js', 'ws'] : [], file);
  }
});

/** `agl/sdk/feel`, and it alone, brings the rules of feeling with it. */
const isFeeling = (name: string) => name.startsWith('../domain/emotion/');

test('the rules of feeling need nothing but themselves', async () => {
  const seen = new Set<string>();
  const walk = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = await readFile(file, 'utf8');
    for (const [, name] of text.matchAll(/\bfrom '([^']+)'/g)) {
      assert.match(name!, /^\.\.?\//, `${file} imports ${name}`);
      await walk(join(dirname(file), name!));
    }
  };
  await walk(join(here, 'feel.js'));
  assert.ok(seen.size > 8);
});
