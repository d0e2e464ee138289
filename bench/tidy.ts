import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What has to be ended, newest first, however the bench ends. */
export class Tidy {
  private readonly ends: (() => Promise<unknown>)[] = [];

  later(end: () => Promise<unknown>): void {
    this.ends.push(end);
  }

  /** Ends everything; what cannot be ended does not keep the rest. */
  async all(): Promise<void> {
    for (let end = this.ends.pop(); end; end = this.ends.pop()) {
      await end().catch((error: Error) => process.stderr.write(`bench: ${error.message}\n`));
    }
  }

  async folder(): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'agl-bench-'));
    // The embedded Postgres may run as another user, who has to get through.
    await chmod(dir, 0o711);
    this.later(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));
    return dir;
  }
}
