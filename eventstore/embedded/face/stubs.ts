/**
 * The official client's generated stubs, the one description of the wire. They are CommonJS and share one copy
 * of google-protobuf, so the node loads them from here only (its readers load three: `reading.eventstore.ts`).
 */
import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossipMessages from '@eventstore/db-client/generated/gossip_pb.js';
import monitoring from '@eventstore/db-client/generated/monitoring_grpc_pb.js';
import monitoringMessages from '@eventstore/db-client/generated/monitoring_pb.js';
import operations from '@eventstore/db-client/generated/operations_grpc_pb.js';
import operationMessages from '@eventstore/db-client/generated/operations_pb.js';
import persistent from '@eventstore/db-client/generated/persistent_grpc_pb.js';
import persistentMessages from '@eventstore/db-client/generated/persistent_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featureMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamMessages from '@eventstore/db-client/generated/streams_pb.js';
import users from '@eventstore/db-client/generated/users_grpc_pb.js';
import userMessages from '@eventstore/db-client/generated/users_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';

export const { GossipService } = gossip;
export const { MonitoringService } = monitoring;
export const { OperationsService } = operations;
export const { UsersService } = users;
export const { PersistentSubscriptionsService } = persistent;
export const { ServerFeaturesService } = features;
export const { StreamsService } = streams;
export const { Any } = any;
/** google.protobuf.Empty: the one that BatchAppend uses, not `shared.Empty`. */
export const { Empty } = empty;
export {
  featureMessages,
  gossipMessages,
  monitoringMessages,
  operationMessages,
  persistentMessages,
  shared,
  status,
  streamMessages,
  userMessages,
};
