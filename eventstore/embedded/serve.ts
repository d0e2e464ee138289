import { createSecureContext } from 'node:tls';
import { openEngine } from './engine/engine.js';
import { type FaceOptions, openFace } from './face/server.js';

export type ServeOptions = FaceOptions & {
  /** The folder of the log; made when it is not there. */
  dir: string;
  /** The process on whose behalf this one runs; its own by default. */
  owner?: number;
  /** The log takes no more writes; the node is to be ended. */
  onFailure: (line: string) => void;
};

export type LogNode = {
  url: string;
  port: number;
  /** Finishes what is under way and frees port and folder. */
  stop(): Promise<void>;
};

/** The node in this very process. @throws Error with one clear line. */
export async function serveLog({ dir, owner, onFailure, ...face }: ServeOptions): Promise<LogNode> {
  if (face.tls) checkTls(face.tls);
  const engine = await openEngine({ dir, owner, onFailure: ({ message }) => onFailure(message) });
  try {
    const { port, close } = await openFace(engine, face);
    const host = face.host ?? '127.0.0.1';
    return {
      url: `esdb://${host.includes(':') ? `[${host}]` : host}:${port}?tls=${face.tls !== undefined}`,
      port,
      async stop() {
        await close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function checkTls(tls: NonNullable<FaceOptions['tls']>): void {
  try {
    createSecureContext(tls);
  } catch (error) {
    throw new Error(`the certificate and its key cannot be used: ${(error as Error).message}`);
  }
}
