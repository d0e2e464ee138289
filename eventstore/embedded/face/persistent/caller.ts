import type { Metadata } from '@grpc/grpc-js';

/** The name that a caller gives with its credentials. */
export function userOf(metadata: Metadata): string {
  const basic = /^Basic (.+)$/i.exec(String(metadata.get('authorization')[0] ?? ''));
  const name = basic ? Buffer.from(basic[1]!, 'base64').toString().split(':')[0]! : '';
  return name === '' ? 'anonymous' : name;
}
