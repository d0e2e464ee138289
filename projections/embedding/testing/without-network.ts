/** Imported before a program: whatever it asks of a network ends it with code 9. */
import dns from 'node:dns';
import net from 'node:net';

const caught = (what: string) => () => {
  process.stderr.write(`asked the network: ${what}\n`);
  process.exit(9);
};
net.Socket.prototype.connect = caught('a connection') as never;
dns.lookup = caught('a name') as never;
globalThis.fetch = caught('fetch') as never;
