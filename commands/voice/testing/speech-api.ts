import { createServer, type IncomingMessage } from 'node:http';

export type SpeechFault =
  | { status: number; retryAfter?: number }
  | { hang: true }
  | { hangHalfway: true }
  | { cut: true }
  | { body: Buffer }
  | { redirect: string };

export type SpeechAsked = {
  path: string;
  headers: IncomingMessage['headers'];
  body: { model: string; voice: string; input: string; response_format: string; speed: number };
};

/** OpenAI's speech API on this machine, with faults on command: one for each request to come. */
export async function startSpeechApi() {
  const asked: SpeechAsked[] = [];
  const faults: SpeechFault[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const body = JSON.parse(text) as SpeechAsked['body'];
    asked.push({ path: request.url!, headers: request.headers, body });
    const fault = faults.shift();
    if (!fault || 'body' in fault) {
      const sound = fault?.body ?? (body.response_format === 'wav' ? aWav() : anMp3());
      return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(sound);
    }
    if ('cut' in fault) return response.destroy();
    if ('hang' in fault) return;
    if ('hangHalfway' in fault) return response.writeHead(200).write(anMp3().subarray(0, 4));
    if ('redirect' in fault) return response.writeHead(307, { location: fault.redirect }).end();
    const { status, retryAfter } = fault;
    response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
    response.end(
      JSON.stringify({ error: { message: `no: ${body.input} ${request.headers.authorization}` } }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    faults,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export type SpeechApi = Awaited<ReturnType<typeof startSpeechApi>>;

/** A frame's head of MPEG-1 layer III, and silence. */
const anMp3 = () => Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)]);

/** A tenth of a second of silence, 8 kHz, 16 bit, mono. */
export function aWav(bytes = 1_600): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(bytes, 40);
  return Buffer.concat([head, Buffer.alloc(bytes)]);
}
