import type { Duplex } from 'node:stream';

/** To be called before sending: what is sent in one turn of the event loop leaves in one write. */
export function corkPerTurn(socket: Duplex): () => void {
  let corked = false;
  return () => {
    if (corked) return;
    corked = true;
    socket.cork();
    setImmediate(() => {
      corked = false;
      socket.uncork();
    });
  };
}
