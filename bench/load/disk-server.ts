/** `DIR`: for each byte that comes, one commit of lmdb with one event, then a byte back. Tells its parent `{port}`. */
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { open } from 'lmdb';

const EVENT_BYTES = 400;
const INDEX_BYTES = 40;

const [dir = ''] = process.argv.slice(2);
const binary = { encoding: 'binary', keyEncoding: 'binary' } as const;
const root = open<Buffer, Buffer>({ path: join(dir, 'disk.mdb'), ...binary, overlappingSync: false });
// As the node has it: the event, and what it adds to the index.
const [events, index] = ['events', 'index'].map((name) =>
  root.openDB<Buffer, Buffer>({ name, ...binary } as { name: string }),
);
let position = 0;

async function commit(): Promise<void> {
  const key = Buffer.alloc(6);
  key.writeUIntBE(++position, 0, 6);
  await root.batch(() => {
    void events!.put(key, Buffer.alloc(EVENT_BYTES));
    void index!.put(key, Buffer.alloc(INDEX_BYTES));
  });
}

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('data', async () => {
    await commit();
    socket.write('.');
  });
  socket.on('error', () => undefined);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
