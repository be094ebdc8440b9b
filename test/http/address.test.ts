import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { addressReader } from '../../src/http/address.js'

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage

describe('where a request comes from', () => {
  const read = addressReader(['127.0.0.1', '10.0.0.0/8', 'fd00::/8'])
  for (const [what, remote, forwarded, expected] of [
    ['without a proxy it is the connection', '203.0.113.9', undefined, '203.0.113.9'],
    ['whoever is no trusted proxy is not believed', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['a trusted proxy is believed', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['also when it speaks IPv4 in IPv6', '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['through two trusted proxies, the hop before them counts', '10.0.0.1', '198.51.100.1, 10.1.2.3', '198.51.100.1'],
    ['what a client puts in front of it does not', '127.0.0.1', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
    ['an IPv6 address is one', 'fd00::1', '2001:db8::7', '2001:db8::7'],
    ['a hop that is no address ends it', '127.0.0.1', '198.51.100.1, unknown', '127.0.0.1'],
    ['nothing but a comma is nothing', '127.0.0.1', ',', '127.0.0.1'],
  ] as const) {
    it(what, () => assert.equal(read(from(remote, forwarded)), expected))
  }

  it('a proxy that is no address is refused at the start', () => {
    assert.throws(() => addressReader(['proxy.example']), /TRUSTED_PROXIES/)
    assert.throws(() => addressReader(['10.0.0.0/40']))
  })
})
