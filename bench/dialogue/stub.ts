import {
  type AskedBody,
  type MessagesApi,
  startMessagesApi,
} from '../../commands/voice/testing/messages-api.js';
import type { Language } from '../../domain/kernel/language.js';

/** What the API adds to a prompt to have its answer in a certain form: at most so many tokens are reckoned for it. */
export const FORM_TOKENS = 600;

/** About four characters a token, but a Chinese sign is one. */
export function tokensOf(text: string): number {
  const signs = (text.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu) ?? []).length;
  return signs + Math.ceil(([...text].length - signs) / 4);
}

const lines: Record<Language, (nr: number) => string> = {
  en: (nr) =>
    `Here stands what a model would have written, number ${nr}, about as long as a line that it may say.`,
  zh: (nr) => `这里本来是写好的第${nr}句话，长短也差不多。`,
};

/** The Messages API of this machine: it writes placeholders, and counts tokens by the length of what it was really sent. */
export async function startStub(): Promise<MessagesApi> {
  const api = await startMessagesApi();
  let nr = 0;
  api.writes = (body: AskedBody) => {
    const system = body.system.map(({ text }) => text).join('');
    const lang = system.includes('Write in Simplified Chinese') ? 'zh' : 'en';
    const reply = { line: lines[lang](++nr), gesture: 'nod', tone: 'warm' };
    const input_tokens =
      tokensOf(system) + tokensOf(body.messages.map(({ content }) => content).join('')) + FORM_TOKENS;
    // Prompts are too short to be kept by the API's own cache: everything is paid in full.
    const usage = { input_tokens, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
    return { reply, usage: { ...usage, output_tokens: tokensOf(JSON.stringify(reply)) } };
  };
  return api;
}
