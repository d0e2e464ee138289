import type { Language } from '../kernel/language.js';

/** Addresses, links, numbers that ring, ids and keys of any kind, and where else to write to somebody. */
const personal = [
  /[\w.+-]+@[\w-]+\.\w|\b[\w.+-]+\s*\(?\bat\b\)?\s*[\w-]+\s*\(?\bdot\b\)?\s*(?:com|net|org|io)\b/i,
  /\b[a-z]{2,}:\/\/|https?:|www\.|\b[\w-]+\.(?:com|net|org|io|gg|cn|ru|tv|xyz|app|dev|info|top)\b/i,
  /\b\d{1,3}(\.\d{1,3}){3}\b|(?:\d[ .()+-]{0,2}){7,}|[零〇一二三四五六七八九幺]{7,}/,
  /\b[0-9a-f]{16,}\b|[0-9a-f]{8}-[0-9a-f]{4}|\b(?:sk|pk|key|ghp)-[\w-]{6,}|\b(?=\S*\d)(?=\S*[a-z])[a-z0-9+/=]{24,}/i,
  /微信|扣扣|\bQQ\s*号?\s*[:：]?\s*\d|手机号|身份证|银行卡|\b(?:whatsapp|telegram|wechat|discord)\b/i,
];

export const givesAway = (line: string): boolean => personal.some((pattern) => pattern.test(line));

const talksOfItself: Record<Language, RegExp> = {
  en: /\b(system (prompt|message)|(my|these|the|following) (instructions|prompt|rules are)|(was|am|been|were) (told|instructed|programmed|prompted) to (write|answer|never|not|speak|keep)|as an ai|ai (model|assistant)|language model|(i('m| am)|call me) (an ai|a bot|a program|claude|chatgpt|dan\b)|developer mode|jailbr\w+|anthropic|openai|chatgpt|json|(at most|up to|maximum of) \d+ characters|plain text)\b/i,
  zh: /系统(提示|消息|指令)|提示词|我的(指令|规则|设定)|(指令|规则|设定)(是|如下|要求)|(被|要)(要求|设定|告知|指示)|作为(一个|一名)?(AI|人工智能)|语言模型|我(是|叫)(一个|一名)?(AI|人工智能|程序|机器人|DAN)|(最多|不超过)\s*\d+\s*个?字|纯文本|开发者模式|越狱|Claude|Anthropic|OpenAI|ChatGPT/i,
};
/** Characters in a row that are no chance any more; and of those, letters alone. */
const telling: Record<Language, number> = { en: 28, zh: 11 };
const tellingBare: Record<Language, number> = { en: 24, zh: 11 };

const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** It talks of its instructions, or repeats a piece of them: also letter by letter, or backwards. */
export function betrays(line: string, secret: string, lang: Language): boolean {
  if (talksOfItself.en.test(line) || talksOfItself.zh.test(line)) return true;
  if (repeats(line.toLowerCase(), secret.toLowerCase(), telling[lang])) return true;
  const [said, told] = [bare(line), bare(secret)];
  if (/systemprompt|languagemodel|系统提示/.test(said)) return true;
  const backwards = [...said].reverse().join('');
  return [said, backwards].some((text) => repeats(text, told, tellingBare[lang]));
}

function repeats(said: string, told: string, length: number): boolean {
  for (let at = 0; at + length <= said.length; at++)
    if (told.includes(said.slice(at, at + length))) return true;
  return false;
}
