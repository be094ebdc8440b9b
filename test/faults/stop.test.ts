/** A planned stop under load: whoever was let in is answered. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent } from 'node:http'
import type { Socket } from 'node:net'
import { databaseNames, databases } from '../databases.js'
import { asks, logIn, send } from './asking.js'
import { type Ground, ground } from './ground.js'

const AT_ONCE = 60

for (const database of databaseNames) {
  describe(`SIGTERM under load, ${database}`, function () {
    this.timeout(180_000)
    let place: Ground

    before(async () => {
      place = await ground(await databases[database]?.())
    })
    after(() => place.end())

    it('answers every request that it accepted, and exits with 0', async () => {
      const service = await place.start()
      const some = asks(place.tokens, AT_ONCE)
      const agent = new ConnectedAgent(AT_ONCE)
      let first: (value: unknown) => void = () => {}
      const begun = new Promise((resolve) => {
        first = resolve
      })
      const answers = some.map(async (ask) => {
        const reply = await send(service.url, ask, agent)
        first(undefined)
        return reply.status
      })
      await agent.allConnected
      await begun
      const code = service.stop()
      assert.deepEqual(new Set(await Promise.all(answers)), new Set([200]))
      assert.equal(await code, 0)
      await assert.rejects(logIn(service.url, 'late'), { code: 'ECONNREFUSED' })
      agent.destroy()

      const settled = await place.settle()
      for (const ask of some) {
        assert.deepEqual(settled.casesOf(ask), [ask.caseId])
        assert.equal(settled.noticesOf(ask.caseId ?? ''), 1)
      }
      assert.deepEqual(settled.jobsLeft, [])
      assert.deepEqual(settled.findings, [])
    })
  })
}

/** Keeps connections alive as proxies do, and says when so many stand. */
class ConnectedAgent extends Agent {
  private connecting: Promise<unknown>[] = []
  private complete: (all: Promise<unknown>[]) => void = () => {}
  readonly allConnected = new Promise<Promise<unknown>[]>((resolve) => {
    this.complete = resolve
  }).then((all) => Promise.all(all))

  constructor(private readonly count: number) {
    super({ keepAlive: true, maxSockets: count })
  }

  override createConnection(...given: Parameters<Agent['createConnection']>) {
    const socket = super.createConnection(...given) as Socket
    this.connecting.push(once(socket, 'connect'))
    if (this.connecting.length === this.count) this.complete(this.connecting)
    return socket
  }
}
