import type { ConnectionInfo } from '../../groups/members.js';
import { placeText } from '../../groups/settings.js';
import type { GroupInfo } from '../../groups/statistics.js';
import { persistentMessages } from '../stubs.js';

const { SubscriptionInfo } = persistentMessages;

export function infoMessage(info: GroupInfo) {
  const message = new SubscriptionInfo();
  message.setEventSource(info.stream);
  message.setGroupName(info.group);
  message.setStatus(info.status);
  message.setConnectionsList(info.connections.map(connectionMessage));
  message.setAveragePerSecond(info.averagePerSecond);
  message.setTotalItems(String(info.totalItems));
  message.setCountSinceLastMeasurement(String(info.countSinceLastMeasurement));
  message.setLastCheckpointedEventPosition(info.lastCheckpointed);
  message.setLastKnownEventPosition(info.lastKnown);
  message.setReadBufferCount(info.readBufferCount);
  message.setLiveBufferCount(String(info.liveBufferCount));
  message.setRetryBufferCount(info.retryBufferCount);
  const inFlight = info.connections.reduce((sum, connection) => sum + connection.inFlightMessages, 0);
  message.setTotalInFlightMessages(inFlight);
  message.setOutstandingMessagesCount(info.outstandingMessagesCount);
  message.setParkedMessageCount(String(info.parkedMessageCount));
  putSettings(message, info);
  return message;
}

function putSettings(message: InstanceType<typeof SubscriptionInfo>, { stream, settings }: GroupInfo): void {
  message.setResolveLinkTos(settings.resolveLinkTos);
  message.setStartFrom(placeText(stream, settings.startFrom));
  message.setMessageTimeoutMilliseconds(settings.messageTimeout);
  message.setExtraStatistics(settings.extraStatistics);
  message.setMaxRetryCount(settings.maxRetryCount);
  message.setLiveBufferSize(settings.liveBufferSize);
  message.setBufferSize(settings.historyBufferSize);
  message.setReadBatchSize(settings.readBatchSize);
  message.setCheckPointAfterMilliseconds(settings.checkPointAfter);
  message.setMinCheckPointCount(settings.minCheckPointCount);
  message.setMaxCheckPointCount(settings.maxCheckPointCount);
  message.setNamedConsumerStrategy(settings.strategy);
  message.setMaxSubscriberCount(settings.maxSubscriberCount);
}

function connectionMessage(info: ConnectionInfo) {
  const message = new SubscriptionInfo.ConnectionInfo();
  message.setUsername(info.username);
  message.setConnectionName(info.connectionName);
  message.setAverageItemsPerSecond(info.averageItemsPerSecond);
  message.setTotalItems(String(info.totalItems));
  message.setCountSinceLastMeasurement(String(info.countSinceLastMeasurement));
  message.setAvailableSlots(info.availableSlots);
  message.setInFlightMessages(info.inFlightMessages);
  message.setObservedMeasurementsList(
    info.measurements.map(({ key, value }) =>
      new SubscriptionInfo.Measurement().setKey(key).setValue(String(value)),
    ),
  );
  return message;
}
