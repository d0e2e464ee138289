import type { Watch } from '../../commands/watch.js';

type Request = {
  method: string;
  routeOptions: { url?: string | undefined };
  /** Set by whoever found out who asks: the guard, or the front of questions. */
  caller?: { clientId?: string };
};
type Reply = { statusCode: number; elapsedTime: number };
type Hooked = {
  addHook(name: 'onResponse', hook: (request: Request, reply: Reply) => Promise<void>): unknown;
};

/** Every request is told of once its answer is out. */
export function watchHttp(server: Hooked, watch: Watch): void {
  server.addHook('onResponse', async ({ method, routeOptions, caller }, { statusCode, elapsedTime }) => {
    watch.asked({
      clientId: caller?.clientId,
      method,
      route: routeOptions.url,
      status: statusCode,
      ms: elapsedTime,
    });
  });
}
