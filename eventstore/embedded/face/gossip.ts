import type { sendUnaryData } from '@grpc/grpc-js';
import type { Node, Service } from './service.js';
import { GossipService, gossipMessages, shared } from './stubs.js';
import { formatUuid } from './uuid.js';

/** A cluster of one, which leads itself. */
export function gossipService(node: Node): Service {
  const { ClusterInfo, EndPoint, MemberInfo } = gossipMessages;
  const read = (_call: unknown, answer: sendUnaryData<unknown>) => {
    const { instanceId, timeStamp, host, port } = memberOf(node);
    const member = new MemberInfo();
    member.setInstanceId(new shared.UUID().setString(instanceId));
    member.setTimeStamp(`${timeStamp}0000`);
    member.setState(MemberInfo.VNodeState.LEADER);
    member.setIsAlive(true);
    member.setHttpEndPoint(new EndPoint().setAddress(host).setPort(port));
    answer(null, new ClusterInfo().setMembersList([member]));
  };
  return { definition: GossipService, handlers: { read } };
}

/** What the node tells of itself. A host that stands for all of them is no address to be called at. */
export const memberOf = ({ id, host, port }: Node) => ({
  instanceId: formatUuid(id),
  timeStamp: Date.now(),
  host: host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host,
  port: port(),
});
