import type {
  Metadata,
  ServerUnaryCall,
  ServiceDefinition,
  sendUnaryData,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { type Keeper, keeperOf } from '../../groups/keeper.js';
import { ALL } from '../../groups/settings.js';
import { refusal } from '../errors.js';
import { type Node, type Service, withBytes } from '../service.js';
import { PersistentSubscriptionsService, persistentMessages, shared } from '../stubs.js';
import { userOf } from './caller.js';
import { infoMessage } from './info.js';
import { read } from './read.js';
import { failed, groupRefusalOf } from './refusals.js';
import { nameOf, parseKey, parseSettings, refuseAllByName } from './requests.js';

type Messages = typeof persistentMessages;
type Request<Name extends keyof Messages> = InstanceType<Messages[Name]>;

const raw = (bytes: Buffer) => bytes;

export function persistentService({ engine }: Node): Service {
  const keeper = keeperOf(engine);
  const { read: readMethod, ...rest } = PersistentSubscriptionsService;
  const definition = { ...rest, read: withBytes(readMethod, raw) } as unknown as ServiceDefinition;
  const handlers = { ...handlersOf(keeper), read: read(keeper) } as unknown as UntypedServiceImplementation;
  const features = Object.fromEntries(Object.keys(definition).map((method) => [method, ['stream', 'all']]));
  return { definition, handlers, features, close: keeper.close, restartSubscriptions: keeper.restart };
}

/** A method of one question and one answer. */
const unary =
  <Asked, Answer>(answerTo: (request: Asked, metadata: Metadata) => Promise<Answer>) =>
  async (call: ServerUnaryCall<Asked, Answer>, answer: sendUnaryData<Answer>): Promise<void> => {
    try {
      answer(null, await answerTo(call.request, call.metadata));
    } catch (error) {
      answer(groupRefusalOf(error));
    }
  };

function handlersOf(keeper: Keeper) {
  const { CreateResp, UpdateResp, DeleteResp, GetInfoResp, ListResp, ReplayParkedResp } = persistentMessages;
  return {
    create: unary(async (request: Request<'CreateReq'>, metadata) => {
      const { key, settings } = parseSettings(request);
      await keeper.create(key, settings, userOf(metadata));
      return new CreateResp();
    }),
    update: unary(async (request: Request<'UpdateReq'>, metadata) => {
      const { key, settings } = parseSettings(request);
      await keeper.update(key, settings, userOf(metadata));
      return new UpdateResp();
    }),
    delete: unary(async (request: Request<'DeleteReq'>, metadata) => {
      const key = parseKey(request.getOptions());
      if (!request.getOptions()?.hasAll()) refuseAllByName(key);
      await keeper.delete(key, userOf(metadata));
      return new DeleteResp();
    }),
    getInfo: unary(async (request: Request<'GetInfoReq'>) => {
      const info = await keeper.info(parseKey(request.getOptions()));
      return new GetInfoResp().setSubscriptionInfo(infoMessage(info));
    }),
    list: unary(async (request: Request<'ListReq'>) => {
      const infos = await keeper.list(streamToList(request));
      return new ListResp().setSubscriptionsList(infos.map(infoMessage));
    }),
    replayParked: unary(async (request: Request<'ReplayParkedReq'>) => {
      const options = request.getOptions();
      const key = parseKey(options);
      const stopAt = options?.hasStopAt() ? Number(options.getStopAt()) : undefined;
      if (stopAt !== undefined && stopAt < 0)
        throw failed(key, 'Cannot stop replaying parked message at a negative version.');
      await keeper.replayParked(key, stopAt);
      return new ReplayParkedResp();
    }),
    restartSubsystem: unary(async () => {
      await keeper.restart();
      return new shared.Empty();
    }),
  };
}

/** undefined: of all streams. */
function streamToList(request: Request<'ListReq'>): string | undefined {
  const options = request.getOptions();
  if (options?.hasListAllSubscriptions()) return undefined;
  const one = options?.getListForStream();
  if (one?.hasAll()) return ALL;
  if (one?.hasStream()) return nameOf(one.getStream());
  throw refusal(status.INVALID_ARGUMENT, 'the request names neither all groups nor a stream');
}
