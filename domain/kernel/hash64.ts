/**
 * A short mark of a text, 16 hexadecimal digits: two lanes of FNV-1a. Not for secrets; it also runs in a browser, at
 * once.
 */
export function hash64(text: string): string {
  let one = 0x811c9dc5;
  let two = 0x9747b28c;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    two = Math.imul(two ^ unit ^ (at & 0xff), 0x01000193);
  }
  return hex(one) + hex(two);
}

/** The same of whole numbers of 32 bits. */
export function hashWords(words: Uint32Array): string {
  let one = 0x811c9dc5;
  let two = 0x9747b28c;
  for (let at = 0; at < words.length; at++) {
    one = Math.imul(one ^ words[at]!, 0x01000193);
    two = Math.imul(two ^ words[at]! ^ (one >>> 13), 0x01000193);
  }
  return hex(one) + hex(two);
}

const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
