import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Where the event store is, as the client takes it: the same servers, asked for the leader or for whom the user prefers. */
export type Address = { leader: string; followed: string };

type Check = (value: string) => string | null;

const whole =
  (least: number): Check =>
  (value) =>
    /^-?\d+$/.test(value) && Number(value) >= least && Number(value) <= 2 ** 31 - 1
      ? null
      : `must be a whole number from ${least}`;
const oneOf =
  (...values: string[]): Check =>
  (value) =>
    values.includes(value) ? null : `must be ${values.join(' or ')}`;
const PREFERENCES = ['leader', 'follower', 'read_only_replica', 'random'];

/** What may be set, by the client's names; see https://docs.kurrent.io/clients/node/legacy/v6.2/getting-started.html. */
const OPTIONS: Record<string, Check> = {
  tls: oneOf('true', 'false'),
  tlsCAFile: (value) => readable(value) ?? certificate(value),
  tlsVerifyCert: (value) =>
    oneOf('true', 'false')(value) ??
    (value === 'false' ? 'cannot be false: name the authority of the certificate with tlsCAFile' : null),
  userCertFile: readable,
  userKeyFile: readable,
  nodePreference: (value) => oneOf(...PREFERENCES)(preferenceOf(value)),
  keepAliveInterval: whole(-1),
  keepAliveTimeout: whole(-1),
  defaultDeadline: whole(1),
  maxDiscoverAttempts: whole(1),
  discoveryInterval: whole(0),
  gossipTimeout: whole(1),
  connectionName: () => null,
  throwOnAppendFailure: oneOf('true', 'false'),
};

/** Those the adapter decides, or that the client does not know. */
const NOT_PASSED_ON = new Set(['tlsVerifyCert', 'throwOnAppendFailure', 'nodePreference']);

const flat = (name: string) => name.toLowerCase().replace(/[_-]/g, '');
const preferenceOf = (value: string) =>
  PREFERENCES.find((preference) => flat(preference) === flat(value)) ?? value;

/**
 * Reads a connection string: `esdb://user:password@one:2113,two:2113?tls=true`, or with the newer `kurrentdb://`.
 * @throws Error with one line that names what is wrong, and never the password.
 */
export function readAddress(text: string): Address {
  const [, scheme = '', rest = ''] = /^([a-z+]+):\/\/(.*)$/is.exec(text.trim()) ?? [];
  const [, family, discover] = /^(esdb|kurrentdb|kurrent|kdb)(\+discover)?$/i.exec(scheme) ?? [];
  if (!family)
    throw new Error('must begin with esdb://, esdb+discover://, kurrentdb:// or kurrentdb+discover://');
  const [, authority = '', query = ''] = /^([^?]*?)\/*(?:\?(.*))?$/s.exec(rest) ?? [];
  const at = authority.lastIndexOf('@');
  const hosts = hostsOf(authority.slice(at + 1));
  const options = optionsOf(query);
  // The client would ask one of several names; as a list of nodes it asks them all.
  const cluster = discover !== undefined || hosts.length > 1;
  const place = `${discover && hosts.length === 1 ? 'esdb+discover' : 'esdb'}://${userOf(authority.slice(0, Math.max(at, 0)))}${hosts.join(',')}`;
  const passed = [...options].filter(([name]) => !NOT_PASSED_ON.has(name));
  const url = (preference: string) => {
    const all = cluster ? [...passed, ['nodePreference', preference] as const] : passed;
    const pairs = all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return pairs.length > 0 ? `${place}?${pairs.join('&')}` : place;
  };
  return { leader: url('leader'), followed: url(preferenceOf(options.get('nodePreference') ?? 'leader')) };
}

function hostsOf(text: string): string[] {
  if (text === '') throw new Error('names no host');
  return text.split(',').map((part, index) => {
    const [, name, port = '2113'] = /^([a-z0-9._-]+)(?::(.*))?$/i.exec(part.trim()) ?? [];
    // Not shown: what cannot be read may be a part of a password that is not percent-encoded.
    if (!name) throw new Error(`its host ${index + 1} is not of the form host:port`);
    if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535)
      throw new Error(`the port of its host ${index + 1} must be a whole number from 1 to 65535`);
    return `${name}:${port}`;
  });
}

/** The client splits at each colon: only what is percent-encoded gets there whole. */
function userOf(text: string): string {
  if (text === '') return '';
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1) throw new Error('before the @ must stand user:password');
  const encoded = [text.slice(0, colon), text.slice(colon + 1)].map((part) =>
    encodeURIComponent(decoded(part)),
  );
  return `${encoded.join(':')}@`;
}

function optionsOf(query: string): Map<string, string> {
  const options = new Map<string, string>();
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const equals = pair.indexOf('=');
    const given = equals < 0 ? pair : pair.slice(0, equals);
    const name = Object.keys(OPTIONS).find((option) => flat(option) === flat(given));
    if (!name) {
      const shown = /^\w+$/.test(given) ? given : 'something';
      throw new Error(`${shown} is not one of its options (${Object.keys(OPTIONS).join(', ')})`);
    }
    const value = equals < 0 ? '' : decoded(pair.slice(equals + 1)).trim();
    const wrong = value === '' ? 'has no value' : OPTIONS[name]!(value);
    if (wrong) throw new Error(`${name} ${wrong}`);
    options.set(name, value);
  }
  if (options.has('userCertFile') !== options.has('userKeyFile'))
    throw new Error('userCertFile and userKeyFile go together');
  return options;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readable(path: string): string | null {
  try {
    readFileSync(path);
    return null;
  } catch (error) {
    return `${path} cannot be read (${(error as NodeJS.ErrnoException).code})`;
  }
}

function certificate(path: string): string | null {
  try {
    new X509Certificate(readFileSync(path));
    return null;
  } catch {
    return `${path} holds no certificate`;
  }
}
