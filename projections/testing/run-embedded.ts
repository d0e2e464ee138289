/** A process of its own around an embedded Postgres: prints the URL, then the errors, and stays. */
import { startEmbeddedPostgres } from '../embedded-postgres/start.js';

const [dir = ''] = process.argv.slice(2);
try {
  const server = await startEmbeddedPostgres({ dir });
  console.log(`up ${server.url}`);
  process.stdin.on('end', async () => {
    await server.stop();
    process.exit(0);
  });
  process.stdin.resume();
} catch (error) {
  console.log(`failed ${(error as Error).message}`);
  process.exit(1);
}
