import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import SwaggerParser from '@apidevtools/swagger-parser';
import { until } from '../faults/testing/processes.js';
import { type Answer, type Call, type Operation, operationsIn } from './testing/checked.js';
import { type Calls, everything } from './testing/well.js';
import { openTenant, openWorld, parkAnEvent, type Tenant, type World } from './testing/world.js';

const onLinux = existsSync('/proc/self/task');
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Every route that the sources declare, by counting: another way to find them than the document's. */
const routesInSources = (): number =>
  ['gateway', 'read-api', 'cli']
    .flatMap((room) =>
      readdirSync(join(root, '..', room), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.controller.ts'))
        .map((file) => readFileSync(join(root, '..', room, file), 'utf8')),
    )
    .reduce((sum, text) => sum + [...text.matchAll(/^ {2}@(Get|Post|Put|Patch|Delete)\(/gm)].length, 0);

const REBUILD = 'POST /projections/{name}/rebuild';
const DISCARD = 'DELETE /projections/{name}/rebuild';

describe('the document of the HTTP interface', {
  skip: onLinux ? false : 'it finds its processes in /proc',
}, () => {
  let world: World;
  let ours: Tenant;
  let operations: Map<string, Operation>;
  const answers = new Map<string, Answer>();

  before(async () => {
    world = await openWorld();
    ours = await openTenant(world, 'ours');
    world.parked = await parkAnEvent(world);
    operations = new Map(operationsIn(world.checked.document).map((one) => [one.name, one]));
  });
  after(() => world?.close());

  /** What is asked to be built is built soon, or being built: then it is asked for again. */
  const discarded = async (call: Call): Promise<Answer> => {
    let answer: Answer | undefined;
    await until(async () => {
      answer = await world.checked.call(operations.get(DISCARD)!, call);
      if (answer.status === 200) return true;
      await world.checked.call(operations.get(REBUILD)!, call);
      return false;
    }, 'it is given up');
    return answer!;
  };

  const go = async (calls: Calls) => {
    for (const [name, call] of Object.entries(calls)) {
      const operation = operations.get(name);
      assert.ok(operation, `${name} is not in the document`);
      const answer = await (name === DISCARD ? discarded(call) : world.checked.call(operation, call));
      assert.ok(answer.status < 300, `${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
      answers.set(name, answer);
    }
  };

  it('is OpenAPI, with an operation for each route of the sources, and each says what it is', async () => {
    await SwaggerParser.validate(structuredClone(world.checked.document) as never);
    assert.equal(operations.size, routesInSources());
    for (const { name, summary } of operations.values() as Iterable<Operation & { summary?: string }>)
      assert.ok(summary, `${name} has no @Operation`);
  });

  it('has a page for people, which asks nobody but the engine', async () => {
    const page = await fetch(`${world.engine.url}/docs`);
    assert.match(page.headers.get('content-security-policy')!, /^default-src 'none'; script-src 'self';/);
    const parts = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, to]) => to!);
    assert.ok(parts.length > 3);
    for (const part of parts.filter((one) => !one.startsWith('data:'))) {
      const url = new URL(part, page.url);
      assert.equal(url.origin, new URL(world.engine.url).origin);
      const { status, headers } = await fetch(url);
      assert.deepEqual([status, /css|javascript/.test(headers.get('content-type')!)], [200, true], part);
    }
  });

  it('names every no: to who is nobody, what is malformed, what is not there', async () => {
    const statusOf = async (operation: Operation, call: Call) =>
      (await world.checked.send(operation, call)).status;
    for (const [name, call] of Object.entries(everything(ours, world, ''))) {
      const operation = operations.get(name)!;
      const { headers = {}, path = {} } = call;
      if (operation.security.length > 0)
        assert.equal(await statusOf(operation, { ...call, headers: {} }), 401, name);
      if (call.body) assert.equal(await statusOf(operation, { ...call, body: [] }), 400, name);
      for (const { name: key } of operation.parameters.filter(
        ({ name: key }) => key === 'limit' || key === 'after',
      ))
        assert.equal(
          await statusOf(operation, { headers, path, query: { [key]: '0' } }),
          400,
          `${name} ${key}`,
        );
      for (const key of Object.keys(path).filter((one) => one !== 'persona' && one !== 'position'))
        assert.equal(
          await statusOf(operation, { ...call, path: { ...path, [key]: 'nobody' } }),
          404,
          `${name} ${key}`,
        );
    }
  });

  it('is what every operation takes and answers, to the last field', async () => {
    const mail = () => /verify-email\?token=([\w.-]+)/.exec(world.engine.err())?.[1];
    await until(() => mail() !== undefined, 'the message is told');
    await go(everything(ours, world, mail()!));
    assert.deepEqual([...answers.keys()].sort(), [...operations.keys()].sort(), 'none is left out');
  });

  it('would notice: a field that it does not know, one that is missing, one of another kind', () => {
    const operation = operations.get('GET /players/{id}')!;
    const { schema } = operation.responses['200']!.content['application/json']!;
    const { body } = answers.get('GET /players/{id}')!;
    world.checked.check(schema, body, 'as it came');
    const { persona: _, ...without } = body;
    for (const wrong of [{ ...body, more: 1 }, without, { ...body, lang: 7 }])
      assert.throws(() => world.checked.check(schema, wrong, 'changed'), /changed/);
  });
});
