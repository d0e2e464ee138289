import { type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { Keeper } from '../../groups/keeper.js';
import type { Consumer } from '../../groups/members.js';
import type { Runner } from '../../groups/runner.js';
import { type GroupKey, keyOf } from '../../groups/settings.js';
import { refusal, refusalOf } from '../errors.js';
import { confirmationResponse, eventResponse } from '../read-response.js';
import { persistentMessages } from '../stubs.js';
import { userOf } from './caller.js';
import { dropped, groupRefusalOf } from './refusals.js';
import { parseKey } from './requests.js';
import { parseSaid } from './wire.js';

type Call = ServerDuplexStream<Buffer, Buffer>;
type Asked = { key: GroupKey; size: number; structuredIds: boolean };

/** A consumer of a group, for as long as its call lasts: first it says of which, then what became of each event. */
export const read =
  (keeper: Keeper) =>
  (call: Call): void => {
    let connecting: Promise<Connection | undefined> | undefined;
    let connection: Connection | undefined;
    call.on('data', (message: Buffer) => {
      if (connection !== undefined) return void hear(call, connection, message);
      if (connecting !== undefined) return void connecting.then((it) => it && hear(call, it, message));
      connecting = connect(call, keeper, message).catch((error) => void fail(call, groupRefusalOf(error)));
      void connecting.then((it) => {
        connection = it;
      });
    });
    call.on('end', () => {
      if (connecting === undefined) call.end();
    });
  };

type Connection = { runner: Runner; consumer: Consumer };

async function connect(call: Call, keeper: Keeper, message: Buffer): Promise<Connection | undefined> {
  const { key, size, structuredIds } = parseOptions(message);
  const runner = await keeper.connect(key);
  if (call.cancelled) return undefined;
  const consumer: Consumer = {
    size,
    user: userOf(call.metadata),
    connectionName: String(call.metadata.get('connection-name')[0] ?? '<unknown>'),
    send: (event, retries) => void call.write(eventResponse(event, structuredIds, retries)),
    drop() {
      runner.leave(consumer);
      fail(call, dropped(key));
    },
  };
  for (const gone of ['cancelled', 'close', 'error']) call.on(gone, () => runner.leave(consumer));
  call.write(confirmationResponse(keyOf(key)));
  runner.join(consumer);
  return { runner, consumer };
}

const fail = (call: Call, error: unknown) => void call.emit('error', error);

function hear(call: Call, { runner, consumer }: Connection, message: Buffer): void {
  try {
    const said = parseSaid(message);
    if (said.say === 'ack') runner.ack(said.ids);
    else if (said.say === 'nack') runner.nack(said.ids, said.action, said.reason);
    else throw refusal(status.INVALID_ARGUMENT, 'a consumer acks and nacks, nothing else');
  } catch (error) {
    runner.leave(consumer);
    fail(call, refusalOf(error));
  }
}

function parseOptions(message: Buffer): Asked {
  const options = persistentMessages.ReadReq.deserializeBinary(message).getOptions();
  if (!options) throw refusal(status.INVALID_ARGUMENT, 'the first message has no options');
  const size = options.getBufferSize();
  if (size < 1) throw refusal(status.INVALID_ARGUMENT, 'the buffer size must be at least 1');
  // Structured is what the real server takes for granted.
  return { key: parseKey(options), size, structuredIds: !options.getUuidOption()?.hasString() };
}
