/** Nobody but the reward handlers learns who informed: not from any table, job, trail, log, file or answer. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import sharp from 'sharp'
import { contract, type Verb } from '../../src/contract.js'
import { termsOf, verbNames } from '../../src/http/openapi.js'
import { StoredFile } from '../../src/files/storedFile.js'
import { staffRoles } from '../../src/people/roles.js'
import { Person } from '../../src/people/person.js'
import { Tip } from '../../src/tips/tip.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { databaseNames } from '../databases.js'
import { firm, member, staff } from '../factories.js'
import { type Caller, type World, world } from '../world.js'
import { discreetPhoto, ID_NUMBER, tip } from './tellers.js'

const START = '2026-11-23T10:07:31+08:00'
const NAME = '郑告密'
const PHONE = '13812349876'

describe('the keys of who informed', () => {
  it('are used by the store apart alone', () => {
    const allowed = /^src\/(tips\/informers\/|service\.ts|knowledge\.ts|house\.ts|database\/seed\.ts|encryption\/rotat)/
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    const users = files
      .map((file) => `src/${file}`)
      .filter((file) => /\binformers\.(purposeKey|wrapKey)/.test(readFileSync(file, 'utf8')))
    assert.ok(users.length > 0)
    assert.deepEqual(
      users.filter((file) => !allowed.test(file.replaceAll('\\', '/'))),
      [],
    )
  })
})

for (const database of databaseNames) {
  describe(`who informed, ${database}`, function () {
    this.timeout(180_000)
    let w: World
    let lines: string[] = []
    const callers = new Map<string, Caller>()
    let informer: Caller
    let personId: string
    /** Everything that names a tip, and that names the informer. */
    const ofTips: string[] = []
    let ofPerson: string[]

    const db = () => w.service.house.ds.manager
    async function dump(): Promise<Map<string, string[]>> {
      const tables = new Map<string, string[]>()
      for (const { tableName } of w.service.house.ds.entityMetadatas) {
        const rows = (await db().query(`SELECT * FROM ${tableName}`)) as object[]
        tables.set(
          tableName,
          rows.map((row) => JSON.stringify(row)),
        )
      }
      if (database !== 'embedded') {
        const rows = (await db().query('SELECT * FROM rate_limit')) as object[]
        tables.set(
          'rate_limit',
          rows.map((row) => JSON.stringify(row)),
        )
      }
      return tables
    }

    before(async () => {
      const out = new Writable({
        write(chunk: Buffer, _encoding, done) {
          lines.push(chunk.toString())
          done()
        },
      })
      w = await world(database, { at: START, parts: { log: pino({ level: 'debug' }, out) } })
      const accused = await firm(w)
      callers.set('anyone', w.nobody)
      callers.set('enterprise', await member(w, accused.id))
      for (const role of staffRoles) {
        const unitId = { officer: 'tiexi', leader: 'tiexi' }[role as string] ?? 'enforcement'
        callers.set(role, (await staff(w, { role, unitId })).caller)
      }
      informer = await w.as('the-informer')
      await informer.call('person.update', { name: NAME })
      await informer.call('person.bindPhone', { code: `phone:${PHONE}` })
      personId = (await informer.call('session.me', {})).id
      const { openidHash, phoneHash } = await db().findOneByOrFail(Person, { id: personId })
      w.service.sandbox?.grant(demoOpenid('the-informer'), 'demo-matter-progress')
      ofPerson = [personId, NAME, PHONE, ID_NUMBER, openidHash ?? '-', phoneHash ?? '-']
      await w.drainJobs()
    })
    after(() => w.stop())

    it('no row that comes or changes with a tip names the informer, and nothing says the moment', async () => {
      const before = await dump()
      lines = []
      const submitted = w.now().getTime()
      const say = async (caller: Caller, more: Parameters<typeof tip>[0]) => {
        const fileIds = [await discreetPhoto(w, caller), await discreetPhoto(w, caller)]
        const told = tip({ ...more, fileIds, text: `${NAME}看到的：夜里偷排，电话${PHONE}。` })
        const { number, code } = await caller.call('tip.submit', told)
        const later = [await discreetPhoto(w, caller)]
        await caller.call('tip.add', { number, code, text: '又排了', fileIds: later })
        const { id } = await db().findOneByOrFail(Tip, { number })
        ofTips.push(number, id, ...fileIds, ...later)
        return number
      }
      const named = { name: NAME, phone: PHONE, idNumber: ID_NUMBER, mayMessage: true }
      const number = await say(informer, { informer: named, wantsReward: true })
      await informer.call('tip.mine', {})
      await informer.call('tip.track', { number })
      const anonymous = tip({ fileIds: [await discreetPhoto(w, informer)] })
      ofTips.push((await informer.call('tip.submit', anonymous)).number, ...(anonymous.fileIds ?? []))
      await say(w.nobody, { informer: { name: NAME, phone: PHONE } })
      // Nothing of it waits to be done: a job would say when.
      const after = await dump()
      const fresh = [...after].flatMap(([table, rows]) => {
        const known = new Set(before.get(table))
        return rows.filter((row) => !known.has(row)).map((row) => [table, row] as const)
      })
      const touched = new Set(fresh.map(([table]) => table))
      assert.deepEqual([...touched].sort(), [
        'audit_entry',
        'idempotency',
        'informer',
        'stored_file',
        'tip',
        'tip_addition',
        'tip_entry',
      ])
      for (const [table, row] of fresh) {
        // The anonymous one who did not leave a name wrote theirs into the text: that is for the enforcers to read.
        for (const mark of ofPerson)
          assert.ok(!row.includes(mark) || row.includes('夜里开窗'), `${table}: ${mark} in ${row}`)
        assert.ok(!/2026-11-23[T ]02:0[0-9]/.test(row), `${table} says when: ${row}`)
        for (const id of row.match(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/g) ?? []) {
          const at = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
          const isNow = [submitted, Date.now()].some((one) => Math.abs(at - one) < 600_000)
          // Posts and the like were made as the test began.
          if (isNow)
            assert.ok(
              [...before.values()].some((rows) => rows.some((one) => one.includes(id))),
              `${table} ${id}`,
            )
        }
      }
      for (const file of await db().findBy(StoredFile, { ownerKind: 'tip' })) {
        assert.deepEqual([file.uploadedBy, file.uploaderRef, file.placeSealed, file.takenAt], [null, null, null, null])
        const bytes: Buffer[] = []
        for await (const part of (await w.service.house.outside.blobs.get(file.hash)) ?? []) bytes.push(part as Buffer)
        assert.equal((await sharp(Buffer.concat(bytes)).metadata()).exif, undefined)
      }
      const log = lines.join('')
      for (const mark of [...ofTips, ...ofPerson, 'tip.submit', 'tip.add', 'tip.track']) {
        assert.ok(!log.includes(mark), `${mark} in the log`)
      }
      assert.ok(!log.includes('"discreet"') && !log.includes('/api/files'), 'not even that something came')
    })

    it('the whole way to the end leaves no job, notice, trail entry or log line that joins both', async () => {
      const [number = '', id = ''] = ofTips
      lines = []
      w.turnTo('2026-11-24T09:00:00+08:00')
      await w.drainJobs()
      const enforcer = callers.get('enforcer')
      await enforcer?.call('tip.accept', { id, text: '已受理' })
      await enforcer?.call('tip.verify', { id, finding: 'true', facts: '属实' })
      await enforcer?.call('tip.conclude', { id, decision: 'penalty', reply: '已处罚' })
      await w.drainJobs()
      const sent = w.service.sandbox?.sent ?? []
      assert.equal(sent.length, 1, 'one tap, one message')
      assert.ok(JSON.stringify(sent).includes('您提交的事项') && !JSON.stringify(sent).includes(number))
      for (const [table, rows] of await dump()) {
        for (const row of rows) {
          const names = ofPerson.filter((mark) => row.includes(mark))
          const tips = ofTips.filter((mark) => row.includes(mark))
          assert.ok(names.length === 0 || tips.length === 0, `${table} joins ${names[0]} and ${tips[0]}: ${row}`)
        }
      }
      for (const line of lines) {
        for (const mark of ofPerson) assert.ok(!line.includes(mark) || !ofTips.some((one) => line.includes(one)), line)
      }
    })

    it('no query tells it to any role, and to those without the power not even that there is a tip', async () => {
      const [number = '', id = ''] = ofTips
      const questions: [Verb, object][] = verbNames
        .filter((verb) => contract[verb].kind === 'query')
        .map((verb) => [verb, termsOf(verb).example as object])
      questions.push(
        ['tip.read', { id }],
        ['tip.list', { q: number }],
        ['tip.list', { limit: 100 }],
        ['tip.looks', { id }],
        ['reward.candidates', {}],
        ['audit.list', { subjectKind: 'tip', subjectId: id }],
        ['audit.list', { limit: 100 }],
        ['audit.verify', { subjectKind: 'tip', subjectId: id }],
        ['job.list', { state: 'done', limit: 100 }],
        ['notice.list', { limit: 100 }],
      )
      const powers = new Set(['enforcer', 'rewardHandler', 'rewardApprover', 'supervisor'])
      for (const [role, caller] of callers) {
        for (const [verb, input] of questions) {
          const text = JSON.stringify((await caller.try(verb, input)).body)
          const isOwn = verb.startsWith('session.') || verb.startsWith('person.')
          for (const mark of [NAME, PHONE, ID_NUMBER])
            assert.ok(isOwn || !text.includes(mark), `${verb} tells ${role} ${mark}`)
          if (powers.has(role)) continue
          for (const mark of ofTips) assert.ok(!text.includes(mark), `${verb} tells ${role} of ${mark}`)
        }
      }
    })

    it('one’s own data holds one’s tips; erased, the tip stays and nobody is known to have told it', async () => {
      const [number = '', id = ''] = ofTips
      const text = JSON.stringify(await informer.call('person.export', {}))
      assert.ok(text.includes(number) && text.includes(ID_NUMBER))
      assert.equal(ofTips.filter((mark) => mark.startsWith('JB') && text.includes(mark)).length, 1)
      const before = (await db().findOneByOrFail(Tip, { id })).version
      await informer.call('person.erase', { confirm: '注销' })
      assert.equal((await db().findOneByOrFail(Tip, { id })).version, before, 'its trail would say whose it was')
      const answer = await callers.get('rewardHandler')?.try('tip.identity', { id, reason: '核对' })
      assert.equal(answer?.status, 409)
    })
  })
}
