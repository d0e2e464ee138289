import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { type Node, type Service, withBytes } from '../service.js';
import { StreamsService } from '../stubs.js';
import { append, parseAppendReq } from './append.js';
import { batchAppend, parseBatchReq } from './batch-append.js';
import { remove } from './delete.js';
import { read } from './read.js';

const raw = (bytes: Buffer) => bytes;

export function streamsService({ engine }: Node): Service {
  const definition = {
    read: withBytes(StreamsService.read, raw),
    append: withBytes(StreamsService.append, parseAppendReq),
    delete: withBytes(StreamsService.delete, raw),
    tombstone: withBytes(StreamsService.tombstone, raw),
    batchAppend: withBytes(StreamsService.batchAppend, parseBatchReq),
  } as unknown as ServiceDefinition;
  const handlers = {
    read: read(engine),
    append: append(engine),
    delete: remove(engine, 'deleteStream'),
    tombstone: remove(engine, 'tombstone'),
    batchAppend: batchAppend(engine),
  } as unknown as UntypedServiceImplementation;
  const features = { read: ['position', 'stream_position'] };
  return { definition, handlers, features };
}
