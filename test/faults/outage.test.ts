/** The database server dies under load and comes back: refusals meanwhile, and no promise broken. */
import assert from 'node:assert/strict'
import { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { type MariaDb, startMariaDb } from '../mariadb.js'
import { type Ask, asks, type Reply, send } from './asking.js'
import { type Ground, ground } from './ground.js'

const CONNECTIONS = 16

describe('MariaDB killed under load and started again', function () {
  this.timeout(300_000)
  let server: MariaDb
  let place: Ground

  before(async () => {
    server = await startMariaDb({ isDurable: true })
    place = await ground(await server.createDatabase('outage'))
  })
  after(async () => {
    await place.end()
    await server.stop()
  })

  it('answers 503 with a problem meanwhile, recovers by itself, and keeps what it acknowledged', async () => {
    const service = await place.start()
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
    const sent: Ask[] = []
    const refusals: Reply[] = []
    let isOver = false
    const accepted = () => sent.filter((ask) => ask.caseId !== undefined).length
    const until = async (holds: () => boolean) => {
      while (!holds()) await delay(20)
    }
    const load = Array.from({ length: CONNECTIONS }, async () => {
      while (!isOver) {
        const [ask] = asks(place.tokens, 1) as [Ask]
        sent.push(ask)
        const reply = await send(service.url, ask, agent)
        if (reply.status !== 200) {
          refusals.push(reply)
          await delay(20)
        }
      }
    })

    await until(() => accepted() >= 50)
    await server.kill()
    await until(() => refusals.length >= CONNECTIONS)
    const health = await fetch(`${service.url}/health/ready`)
    assert.equal(health.status, 503)
    await health.arrayBuffer()
    const live = await fetch(`${service.url}/health/live`)
    assert.equal(live.status, 200, 'the process itself lives: nobody should restart it')
    await live.arrayBuffer()

    await server.restart()
    const before = accepted()
    await until(() => accepted() >= before + 50)
    isOver = true
    await Promise.all(load)

    assert.deepEqual(new Set(refusals.map(({ status }) => status)), new Set([503]))
    for (const { contentType, body } of refusals) {
      assert.match(contentType, /^application\/problem\+json/)
      assert.equal(body.type, 'urn:problem:unavailable')
    }
    const promised = sent.map((ask) => ask.caseId)
    for (const [n, ask] of sent.entries()) {
      const { status, body } = await send(service.url, ask, agent)
      assert.equal(status, 200, JSON.stringify(body))
      if (promised[n] !== undefined) assert.equal(ask.caseId, promised[n])
    }
    agent.destroy()
    assert.equal(await service.stop(), 0)

    const settled = await place.settle()
    assert.equal(settled.cases, sent.length)
    for (const ask of sent) {
      assert.deepEqual(settled.casesOf(ask), [ask.caseId], ask.title)
      assert.equal(settled.noticesOf(ask.caseId ?? ''), 1, ask.title)
    }
    assert.deepEqual(settled.jobsLeft, [])
    assert.deepEqual(settled.findings, [])
  })
})
