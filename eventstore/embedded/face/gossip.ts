import type { sendUnaryData } from '@grpc/grpc-js';
import type { Node, Service } from './service.js';
import { GossipService, gossipMessages, shared } from './stubs.js';
import { formatUuid } from './uuid.js';

/** A cluster of one, which leads itself. */
export function gossipService({ id, port }: Node): Service {
  const { ClusterInfo, EndPoint, MemberInfo } = gossipMessages;
  const read = (_call: unknown, answer: sendUnaryData<unknown>) => {
    const member = new MemberInfo();
    member.setInstanceId(new shared.UUID().setString(formatUuid(id)));
    member.setTimeStamp(`${Date.now()}0000`);
    member.setState(MemberInfo.VNodeState.LEADER);
    member.setIsAlive(true);
    member.setHttpEndPoint(new EndPoint().setAddress('127.0.0.1').setPort(port()));
    answer(null, new ClusterInfo().setMembersList([member]));
  };
  return { definition: GossipService, handlers: { read } };
}
