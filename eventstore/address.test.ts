import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { rootCertificates } from 'node:tls';
import { EventStoreDBClient } from '@eventstore/db-client';
import { readAddress } from './address.js';
import { temporaryFolder } from './embedded/engine/testing.js';

const both = (url: string) => ({ leader: url, followed: url });

describe('a connection string', () => {
  it('is taken as it is, with the newer schemes, several nodes and a default port', () => {
    const taken: [string, string][] = [
      ['esdb://localhost:2113?tls=false', 'esdb://localhost:2113?tls=false'],
      ['esdb://one', 'esdb://one:2113'],
      [' kurrentdb://one:1/ ', 'esdb://one:1'],
      ['kurrent://a:1?tls=true', 'esdb://a:1?tls=true'],
      ['KurrentDB+discover://db.example.com', 'esdb+discover://db.example.com:2113?nodePreference=leader'],
      ['esdb://a:1,b:2,c', 'esdb://a:1,b:2,c:2113?nodePreference=leader'],
      ['esdb+discover://a,b:2', 'esdb://a:2113,b:2?nodePreference=leader'],
      [
        'esdb://a?Default_Deadline=500&keepaliveinterval=-1',
        'esdb://a:2113?defaultDeadline=500&keepAliveInterval=-1',
      ],
      // The adapter reads refused appends from what the client throws.
      ['esdb://a?throwOnAppendFailure=false&tlsVerifyCert=true', 'esdb://a:2113'],
    ];
    for (const [given, url] of taken) assert.deepEqual(readAddress(given), both(url), given);
  });

  it('whose preference is another node follows there, and appends at the leader', () => {
    assert.deepEqual(readAddress('esdb://a,b?nodePreference=Follower&tls=false'), {
      leader: 'esdb://a:2113,b:2113?tls=false&nodePreference=leader',
      followed: 'esdb://a:2113,b:2113?tls=false&nodePreference=follower',
    });
    assert.match(
      readAddress('esdb+discover://a?nodePreference=readOnlyReplica').followed,
      /=read_only_replica$/,
    );
    // One node is asked whatever it is; the client goes from there to the leader when it must.
    assert.deepEqual(readAddress('esdb://a?nodePreference=follower'), both('esdb://a:2113'));
  });

  it('brings user and password to the client whole, encoded or not', (t) => {
    for (const [given, password] of [
      ['changeit', 'changeit'],
      ['a:b:c', 'a:b:c'],
      ['p@ss', 'p@ss'],
      ['100%', '100%'],
      ['a/b', 'a/b'],
      ['p%40%3A%2F%3F', 'p@:/?'],
    ] as const) {
      const { leader } = readAddress(`esdb://ops:${given}@localhost:2113`);
      assert.equal(leader, `esdb://ops:${encodeURIComponent(password)}@localhost:2113`);
      const warned = t.mock.method(console, 'warn', () => undefined);
      EventStoreDBClient.connectionString(leader);
      assert.equal(warned.mock.callCount(), 0);
      warned.mock.restore();
    }
  });

  it('that is wrong is named in one line without the password', (t) => {
    const file = join(temporaryFolder(t), 'ca.pem');
    writeFileSync(file, 'nothing');
    const wrong: [string, RegExp][] = [
      ['localhost:2113', /^must begin with esdb:\/\//],
      ['http://u:secret@x', /^must begin with esdb:\/\//],
      ['esdb://', /^names no host$/],
      ['esdb://u:secret@', /^names no host$/],
      ['esdb://u:secret@a,,b', /^its host 2 is not of the form host:port$/],
      ['esdb://u:secret@a:x', /^the port of its host 1 must be a whole number from 1 to 65535$/],
      ['esdb://a:0', /^the port of its host 1/],
      ['esdb://a:70000', /^the port of its host 1/],
      ['esdb://[::1]:2113', /^its host 1 is not of the form/],
      ['esdb://u@a', /^before the @ must stand user:password$/],
      ['esdb://:secret@a', /^before the @ must stand user:password$/],
      ['esdb://u:secret?x@a', /^the port of its host 1/],
      ['esdb://u:se/secret?x@a', /./],
      ['esdb://a?tls=maybe', /^tls must be true or false$/],
      ['esdb://a?tls=', /^tls has no value$/],
      ['esdb://a?tls', /^tls has no value$/],
      ['esdb://u:secret@a?colour=red', /^colour is not one of its options \(tls, /],
      [
        'esdb://a?nodePreference=boss',
        /^nodePreference must be leader or follower or read_only_replica or random$/,
      ],
      ['esdb://a?defaultDeadline=0', /^defaultDeadline must be a whole number from 1$/],
      ['esdb://a?defaultDeadline=1s', /^defaultDeadline must be/],
      ['esdb://a?keepAliveInterval=-2', /^keepAliveInterval must be a whole number from -1$/],
      ['esdb://a?tlsVerifyCert=false', /^tlsVerifyCert cannot be false/],
      ['esdb://a?tlsCAFile=/nowhere/ca.pem', /^tlsCAFile \/nowhere\/ca.pem cannot be read \(ENOENT\)$/],
      [`esdb://a?tlsCAFile=${file}`, /^tlsCAFile .*ca.pem holds no certificate$/],
      [`esdb://a?userCertFile=${file}`, /^userCertFile and userKeyFile go together$/],
    ];
    for (const [given, words] of wrong) {
      assert.throws(
        () => readAddress(given),
        (error: Error) => {
          assert.match(error.message, words, given);
          assert.doesNotMatch(error.message, /secret|\n/, given);
          return true;
        },
        given,
      );
    }
    writeFileSync(file, rootCertificates[0]!);
    assert.match(readAddress(`esdb://a?tlsCAFile=${file}`).leader, /tlsCAFile=/);
  });
});
