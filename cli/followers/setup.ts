import type { Secrets } from '../secrets.js';
import type { Settings } from '../settings.js';
import type { FollowersParts } from './followers.js';
import type { MailSetup } from './mails.js';
import type { VoiceSetup } from './voice.js';

/** Of what the followers need, all that is in the settings. */
export const setupOf = (
  settings: Settings,
  secrets: Secrets,
): Pick<FollowersParts, 'roles' | 'dataDir' | 'voice' | 'mail' | 'certificateKey'> => ({
  roles: settings.AGL_ROLES,
  dataDir: settings.AGL_DATA_DIR,
  voice: voiceSetup(settings, secrets),
  mail: mailSetup(settings, secrets),
  certificateKey: secrets.certificateKey,
});

function voiceSetup(settings: Settings, { keysForPersons, keyForPrompts }: Secrets): VoiceSetup {
  const {
    ANTHROPIC_API_KEY: apiKey,
    ANTHROPIC_BASE_URL: baseURL,
    AGL_LLM_MODEL: model,
    REDIS_URL: redis,
  } = settings;
  return {
    keysForPersons,
    keyForPrompts,
    model,
    ...(apiKey && { anthropic: { apiKey, ...(baseURL && { baseURL }) } }),
    ...(redis && { redis }),
  };
}

function mailSetup(settings: Settings, { keysForPersons, keysForTokens }: Secrets): MailSetup {
  const { AGL_PUBLIC_URL, HOST, PORT, AGL_TLS_CERT, AGL_SMTP_URL: url, AGL_MAIL_FROM: from } = settings;
  const scheme = AGL_TLS_CERT ? 'https' : 'http';
  const publicUrl = (AGL_PUBLIC_URL ?? `${scheme}://${HOST}:${PORT}`).replace(/\/+$/, '');
  return { keysForPersons, keysForTokens, publicUrl, ...(url && from && { smtp: { url, from } }) };
}
