import type { MethodDefinition, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Engine } from '../engine/engine.js';
import type { Users } from './access/users.js';
import type { Stats } from './stats.js';

/** One gRPC service of the node. Each lives in a file (or folder) of its own and is listed in `server.ts`. */
export type Service = {
  definition: ServiceDefinition;
  handlers: UntypedServiceImplementation;
  /** What GetSupportedMethods says of a method beyond its name, by the method's key in the definition. */
  features?: Record<string, string[]>;
  /** Lets go of all who share subscriptions, and begins again where each was. */
  restartSubscriptions?(): Promise<void>;
  /** Ends what the service does by itself, and resolves when that is on the disk. */
  close?(): Promise<void>;
};

/** What a service is given: the log, and what the node knows of itself. */
export type Node = {
  engine: Engine;
  users: Users;
  id: Uint8Array;
  host: string;
  /** Whether callers must say who they are; without TLS, nobody is asked. */
  secure: boolean;
  port(): number;
  services(): Service[];
  stats(): Stats;
  /** Ends the node. */
  shutdown(): void;
  /** One line for the log of whoever runs the node. */
  say(line: string): void;
};

/** A method whose messages are handled as bytes, by parsers of our own. */
export const withBytes = <Request>(
  method: MethodDefinition<never, never> | object,
  requestDeserialize: (bytes: Buffer) => Request,
) => ({ ...method, requestDeserialize, responseSerialize: (bytes: Buffer) => bytes });
