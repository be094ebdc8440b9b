/** Where a request comes from: forwarded addresses are believed from configured proxies only. */
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** `proxies`: addresses or ranges such as `10.0.0.0/8`. @throws Error on one that is neither */
export function addressReader(proxies: readonly string[]): (req: IncomingMessage) => string {
  const trusted = new BlockList()
  for (const proxy of proxies) {
    const [address = '', prefix] = proxy.split('/')
    if (isIP(address) === 0) throw new Error(`TRUSTED_PROXIES: ${proxy} is no address`)
    if (prefix === undefined) trusted.addAddress(address, family(address))
    else trusted.addSubnet(address, Number(prefix), family(address))
  }
  if (proxies.length === 0) return (req) => plain(req.socket.remoteAddress ?? '')
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, family(address))
  return (req) => {
    let address = plain(req.socket.remoteAddress ?? '')
    const hops = String(req.headers['x-forwarded-for'] ?? '').split(',')
    while (isTrusted(address) && hops.length > 0) {
      const hop = plain(hops.pop()?.trim() ?? '')
      if (isIP(hop) === 0) break
      address = hop
    }
    return address
  }
}

const plain = (address: string) => address.replace(/^::ffff:/, '')
