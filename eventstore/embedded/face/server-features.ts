import type { sendUnaryData } from '@grpc/grpc-js';
import type { Node, Service } from './service.js';
import { featureMessages, ServerFeaturesService } from './stubs.js';

/** The version of the real server whose behaviour the node has. */
export const SERVER_VERSION = '24.10.0';

/** Tells what the node can do: exactly the methods of the services that it was given. */
export function serverFeaturesService({ services }: Node): Service {
  const getSupportedMethods = (_call: unknown, answer: sendUnaryData<unknown>) => {
    const message = new featureMessages.SupportedMethods();
    message.setEventStoreServerVersion(SERVER_VERSION);
    message.setMethodsList(services().flatMap(methodsOf));
    answer(null, message);
  };
  return { definition: ServerFeaturesService, handlers: { getSupportedMethods } };
}

function methodsOf({ definition, features }: Service) {
  return Object.entries(definition).map(([key, { path }]) => {
    const [, serviceName, methodName] = path.toLowerCase().split('/');
    const method = new featureMessages.SupportedMethod();
    method.setServiceName(serviceName!);
    method.setMethodName(methodName!);
    return method.setFeaturesList(features?.[key] ?? []);
  });
}
