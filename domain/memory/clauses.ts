/** What is longer is read as far as here: who tells something does so at once. */
const READS = 600;

/** A sentence of a message in its plain form, without the greeting before it. */
export type Clause = { text: string; asks: boolean };

export function clausesOf(text: string): Clause[] {
  const plain = text.slice(0, READS).normalize('NFKC').replaceAll('’', "'").toLowerCase();
  return [...plain.matchAll(/([^.!?。\n;]+)([.!?。\n;]*)/g)].map(([, said = '', end = '']) => ({
    text: said.trim().replace(GREETING, ''),
    asks: end.includes('?'),
  }));
}

const GREETING =
  /^(?:(?:hi|hey|hello|yo|so|well|ok|okay|oh|haha|lol|btw|by the way|you know what|you know|guess what|actually|你好|嗨|哈喽|对了|其实|话说|那个|告诉你)[\s,:~]*)+/;
