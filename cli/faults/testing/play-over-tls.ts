import { type CompanionAction, connect } from '../../../sdk/index.js';
import { openStudio, seat, webSocketOf } from './studio.js';

/** A game in a process of its own, which trusts what NODE_EXTRA_CA_CERTS names: each way to play, and what came back. */
const [base] = process.argv.slice(2) as [string];
const studio = await openStudio(base);
const { token } = await seat(studio, 'ann');
for (const transport of ['websocket', 'http'] as const) {
  const acted = new Promise<CompanionAction>((resolve, reject) => {
    const companion = connect({
      ...{ url: webSocketOf(studio), token, transport, onError: reject },
      onAction: (action) => {
        companion.close();
        resolve(action);
      },
    });
    void companion.send({ type: 'player.victory', data: { killCount: 15, mvp: true } });
  });
  process.stdout.write(`${JSON.stringify({ transport, action: (await acted).action })}\n`);
}
