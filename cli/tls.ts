import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createSecureContext, type Server } from 'node:tls';
import { secureBy, type Tls } from '../gateway/http/tls.js';
import type { Logger } from './logger.js';
import { type Settings, UsageError } from './settings.js';

/** The files of a certificate chain and of its key, both PEM. */
type Files = { cert: string; key: string };

/** Looking takes two calls of `stat`; so it also finds what a link, or the link of a folder, comes to lead to. */
const LOOK_EVERY_MS = 2_000;

export const tlsFiles = ({ AGL_TLS_CERT: cert, AGL_TLS_KEY: key }: Settings): Files | null =>
  cert && key ? { cert, key } : null;

/** @throws UsageError naming the setting whose file cannot be used. */
export function readTls(files: Files): Tls {
  const cert = contentOf('AGL_TLS_CERT:', files.cert);
  const key = contentOf('AGL_TLS_KEY:', files.key);
  const chain = usable(() => new X509Certificate(cert), `AGL_TLS_CERT: ${files.cert} holds no certificate`);
  const secret = usable(() => createPrivateKey(key), `AGL_TLS_KEY: ${files.key} holds no key that opens`);
  if (!chain.checkPrivateKey(secret))
    throw new UsageError(`AGL_TLS_KEY: ${files.key} is not the key of the certificate ${files.cert}`);
  // What OpenSSL minds beside that, such as a certificate further up that is none.
  usable(() => createSecureContext(secureBy({ cert, key })), `AGL_TLS_CERT: ${files.cert} cannot be served`);
  return { cert, key };
}

/** Who renews a certificate writes over its files: what is opened from then on has the new one. Returns what ends that. */
export function renewing(server: Server, files: Files, logger: Logger): () => void {
  const look = () => {
    try {
      const tls = readTls(files);
      server.setSecureContext(secureBy(tls));
      logger.info({ validTo: new X509Certificate(tls.cert).validTo }, 'a new certificate is served');
    } catch (error) {
      // Also in the middle of a renewal, where the second file is not written yet: its change is seen as well.
      logger.warn({ error: (error as Error).message }, 'the certificate that was served before stays');
    }
  };
  const both = [files.cert, files.key];
  for (const file of both) watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, look);
  return () => {
    for (const file of both) unwatchFile(file, look);
  };
}

/** @throws UsageError that begins with what says where the file is. */
export function contentOf(saidBy: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`${saidBy} ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function usable<T>(use: () => T, otherwise: string): T {
  try {
    return use();
  } catch {
    throw new UsageError(otherwise);
  }
}
