import assert from 'node:assert/strict'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import { Job } from '../../src/audit/job.js'
import { enqueue } from '../../src/audit/queue.js'
import { AuditSeal } from '../../src/audit/seal.js'
import { transact } from '../../src/database/transaction.js'
import { instantParam } from '../../src/database/instants.js'
import { Post } from '../../src/people/post.js'
import type { Output } from '../../src/contract.js'
import { databaseNames } from '../databases.js'
import { firm, member, staff, type StaffMember } from '../factories.js'
import { type World, world } from '../world.js'

type Proof = Output<'audit.verify'>

const macOf = async (dir: string, day: string): Promise<string> =>
  JSON.parse(await readFile(join(dir, `${day}.json`), 'utf8')).mac

for (const database of databaseNames) {
  describe(`the proof of the trail, on ${database}`, function () {
    this.timeout(120_000)
    let w: World
    let supervisor: StaffMember
    let clerk: StaffMember
    before(async () => {
      w = await world(database)
      supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
      clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
    })
    after(() => w.stop())

    /** Everything, slice by slice. */
    const prove = async () => {
      const whole: Omit<Proof, 'next'> = { checked: 0, days: 0, findings: [], lost: [], forgedDays: [] }
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { next, ...part }: Proof = await supervisor.caller.call('audit.verify', cursor === '' ? {} : { cursor })
        whole.checked += part.checked
        whole.days += part.days
        whole.findings.push(...part.findings)
        whole.lost.push(...part.lost)
        whole.forgedDays.push(...part.forgedDays)
        cursor = next
      }
      return whole
    }

    /** A post with a chain of five entries. */
    const chain = async () => {
      const { postId } = await staff(w, { role: 'officer', unitId: 'tiexi' })
      for (const title of ['一', '二', '三', '四']) {
        await clerk.caller.call('staff.save', {
          id: postId,
          role: 'officer',
          unitId: 'tiexi',
          name: '演示',
          title,
        })
      }
      const entries = await w.service.house.ds.manager.find(AuditEntry, {
        where: { subjectKind: 'post', subjectId: postId },
        order: { seq: 'ASC' },
      })
      assert.equal(entries.length, 5)
      return { postId, entries: entries as [AuditEntry, AuditEntry, AuditEntry, AuditEntry, AuditEntry] }
    }
    const sql = (text: string, params: unknown[]) => w.service.house.ds.query(text, params)
    const faultsOf = async (postId: string) => {
      const input = { subjectKind: 'post', subjectId: postId }
      const { findings } = await supervisor.caller.call('audit.verify', input)
      const everything = await prove()
      assert.deepEqual(
        everything.findings.filter(({ subjectId }) => subjectId === postId),
        findings,
      )
      return findings.map(({ fault, seq, entryId }) => [fault, seq, entryId])
    }

    it('after a busy while, with verifying going on meanwhile, nothing is found', async () => {
      const firms = await Promise.all([firm(w), firm(w), firm(w)])
      const { postId } = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const busy = Array.from({ length: 20 }, async (_, n) => {
        await member(w, firms[n % 3]?.id ?? '', `busy-${n % 7}`, n % 2 === 0 ? 'verified' : 'pending').catch(() => {})
        const fields = { id: postId, role: 'officer' as const, unitId: 'tiexi', name: '演示', title: `第${n}次` }
        await clerk.caller.try('staff.save', fields)
      })
      const meanwhile = await Promise.all([prove(), prove(), ...busy.map(async (one) => (await one, prove()))])
      for (const proof of [...meanwhile, await prove()]) {
        assert.deepEqual(
          { ...proof, checked: 0, days: 0 },
          { checked: 0, days: 0, findings: [], lost: [], forgedDays: [] },
        )
      }
      assert.ok((await prove()).checked > 10)
    })

    for (const [what, column, value] of [
      ['text', 'changes', '{"title":[null,"另一个"]}'],
      ['actor', 'actorId', '01970000-0000-7000-8000-00000000dead'],
      ['verb', 'verb', 'staff.list'],
      ['time', 'at', new Date('2026-11-22T10:00:00+08:00')],
    ] as const) {
      it(`an entry whose ${what} was altered is named, and no other`, async () => {
        const { postId, entries } = await chain()
        const given = value instanceof Date ? instantParam(w.service.house.ds, value) : value
        await sql(`UPDATE audit_entry SET ${column} = ? WHERE id = ?`, [given, entries[2].id])
        assert.deepEqual(await faultsOf(postId), [['altered', 3, entries[2].id]])
      })
    }

    it('an entry taken out of the middle is named by its place', async () => {
      const { postId, entries } = await chain()
      await sql('DELETE FROM audit_entry WHERE id = ?', [entries[1].id])
      assert.deepEqual(await faultsOf(postId), [['missing', 2, null]])
    })

    it('entries cut off the end are named by their places', async () => {
      const { postId, entries } = await chain()
      await sql('DELETE FROM audit_entry WHERE id IN (?, ?)', [entries[3].id, entries[4].id])
      assert.deepEqual(await faultsOf(postId), [
        ['cutOff', 4, null],
        ['cutOff', 5, null],
      ])
    })

    it('a head put on the row by hand is found', async () => {
      const { postId, entries } = await chain()
      await sql('UPDATE post SET auditHead = ? WHERE id = ?', ['0'.repeat(64), postId])
      assert.deepEqual(await faultsOf(postId), [['headAltered', 5, entries[4].id]])
    })

    it('a subject deleted with its trail left behind is found', async () => {
      const { postId, entries } = await chain()
      await sql('DELETE FROM post WHERE id = ?', [postId])
      assert.deepEqual(await faultsOf(postId), [['subjectGone', 5, entries[4].id]])
    })

    it('a field of a row changed by hand is named', async () => {
      const { postId } = await chain()
      await sql('UPDATE post SET workPhone = ? WHERE id = ?', ['024-12345', postId])
      const { findings } = await supervisor.caller.call('audit.verify', { subjectKind: 'post', subjectId: postId })
      assert.deepEqual(
        findings.map(({ fault, field }) => [fault, field]),
        [['rowAltered', 'workPhone']],
      )
      await sql('UPDATE post SET workPhone = NULL WHERE id = ?', [postId])
    })

    it('what was said in a case and changed, removed or added by hand is named', async () => {
      const asker = await w.as('asker')
      const { id } = await asker.call('case.submit', {
        category: 'procedure',
        title: '问一问',
        text: '怎么办？',
        fileIds: [],
      })
      await asker.call('case.supply', { id, text: '补充一句', fileIds: [] })
      const faults = async () => {
        const { findings } = await supervisor.caller.call('audit.verify', { subjectKind: 'case', subjectId: id })
        return findings.map(({ fault, field }) => [fault, field])
      }
      assert.deepEqual(await faults(), [])
      await sql(`UPDATE case_entry SET text = ? WHERE caseId = ? AND verb = 'case.supply'`, ['改过的话', id])
      assert.deepEqual(await faults(), [['partAltered', 'entry']])
      await sql(`DELETE FROM case_entry WHERE caseId = ? AND verb = 'case.supply'`, [id])
      assert.deepEqual(await faults(), [['partMissing', 'entry']])
      await sql('UPDATE help_case SET text = ? WHERE id = ?', ['另一个问题', id])
      assert.deepEqual(await faults(), [
        ['rowAltered', 'text'],
        ['partMissing', 'entry'],
      ])
      await sql(
        `INSERT INTO case_note (id, caseId, at, postId, text, verb) SELECT ?, id, createdAt, id, 'x', 'case.note' FROM help_case WHERE id = ?`,
        ['01970000-0000-7000-8000-00000000beef', id],
      )
      assert.ok((await faults()).some(([fault, field]) => fault === 'partAdded' && field === 'note'))
    })

    it('what was cut off and rolled back cleanly is found by the seal of that day', async () => {
      const { postId, entries } = await chain()
      w.turnTo('2026-11-24T02:31:00+08:00')
      await w.drainJobs()
      assert.deepEqual((await prove()).lost, [])
      await sql('DELETE FROM audit_entry WHERE id = ?', [entries[4].id])
      await sql('UPDATE post SET version = 4, auditHead = ? WHERE id = ?', [entries[3].mac, postId])
      assert.deepEqual(await faultsOf(postId), [['rowAltered', 4, null]])
      await sql('UPDATE post SET title = ? WHERE id = ?', ['三', postId])
      assert.deepEqual(await faultsOf(postId), [])
      assert.deepEqual((await prove()).lost, [
        { day: '2026-11-23', subjectKind: 'post', subjectId: postId, seq: 5, entryId: entries[4].id },
      ])
    })

    it('a seal that does not fit its day is named', async () => {
      const dir = w.service.house.config.digestDir
      const name = (await readdir(dir)).find((one) => one === '2026-11-23.json') ?? ''
      const seal = JSON.parse(await readFile(join(dir, name), 'utf8'))
      await writeFile(join(dir, name), JSON.stringify({ ...seal, entries: seal.entries - 1 }))
      const proof = await prove()
      assert.deepEqual([proof.forgedDays, proof.lost], [['2026-11-23'], []])
      await writeFile(join(dir, name), JSON.stringify(seal))
      assert.deepEqual((await prove()).forgedDays, [])
    })

    it('a seal taken away between two others is named', async () => {
      const dir = w.service.house.config.digestDir
      const file = join(dir, '2026-11-20.json')
      const kept = await readFile(file)
      await rm(file)
      assert.deepEqual((await prove()).forgedDays, ['2026-11-20'])
      await writeFile(file, kept)
    })

    it('the last sealed day taken away is named, and never sealed anew', async () => {
      const dir = w.service.house.config.digestDir
      const file = join(dir, '2026-11-23.json')
      const kept = await readFile(file)
      await rm(file)
      assert.deepEqual((await prove()).forgedDays, ['2026-11-23'])
      await w.service.house.ds.manager.delete(Job, { kind: 'audit.digest' })
      w.turnTo('2026-11-24T02:32:00+08:00')
      await transact(w.service.house.ds, (db) => enqueue(db, [{ kind: 'audit.digest', payload: {} }], w.now()))
      await w.drainJobs()
      assert.ok(!(await readdir(dir)).includes('2026-11-23.json'))
      assert.deepEqual((await prove()).forgedDays, ['2026-11-23'])
      await writeFile(file, kept)
      assert.deepEqual((await prove()).forgedDays, [])
    })

    it('a good seal that is not the one the database remembers is named', async () => {
      const { manager } = w.service.house.ds
      const { id, mac } = await manager.findOneByOrFail(AuditSeal, { day: '2026-11-22' })
      await sql('UPDATE audit_seal SET mac = ? WHERE id = ?', [
        mac.replace(/^./, (one) => (one === '0' ? '1' : '0')),
        id,
      ])
      assert.deepEqual((await prove()).forgedDays, ['2026-11-22'])
      await sql('UPDATE audit_seal SET mac = ? WHERE id = ?', [mac, id])
      assert.deepEqual((await prove()).forgedDays, [])
    })

    it('the log keeps the MAC of each seal', async () => {
      const lines: string[] = []
      const log = pino({ level: 'info' }, { write: (text: string) => void lines.push(text) })
      w.turnTo('2026-11-25T02:31:00+08:00')
      const { house } = w.service
      const before = house.log
      Object.assign(house, { log })
      await w.drainJobs()
      Object.assign(house, { log: before })
      const said = lines.map((text) => JSON.parse(text)).find((one) => one.day === '2026-11-24')
      assert.equal(said?.mac, await macOf(house.config.digestDir, '2026-11-24'))
    })

    it('a slice ends after five hundred subjects and the next goes on where it ended', async () => {
      const posts = Array.from(
        { length: 520 },
        (_, n) => `0000${String(n).padStart(4, '0')}-0000-7000-8000-000000000000`,
      )
      const [model] = await w.service.house.ds.manager.find(Post, { take: 1 })
      await w.service.house.ds.manager.insert(
        Post,
        posts.map((id) => ({ ...(model as Post), id, personId: null, phoneHash: id })),
      )
      const first = await supervisor.caller.call('audit.verify', { subjectKind: 'post' })
      assert.equal(first.checked, 500)
      assert.ok(first.next !== null)
      const second = await supervisor.caller.call('audit.verify', { subjectKind: 'post', cursor: first.next })
      assert.equal(second.next, null)
      const cutOff = [...first.findings, ...second.findings].filter(({ subjectId }) => posts.includes(subjectId))
      assert.deepEqual([...new Set(cutOff.map(({ subjectId }) => subjectId))], posts)
      await sql(`DELETE FROM post WHERE id LIKE '0000%'`, [])
    })

    it('what does not exist is not found, and a kind that is none is refused', async () => {
      const subjectId = '01970000-0000-7000-8000-00000000dead'
      assert.equal((await supervisor.caller.try('audit.verify', { subjectKind: 'post', subjectId })).status, 404)
      assert.equal((await supervisor.caller.try('audit.verify', { subjectKind: 'nonsense' })).status, 422)
      assert.equal((await supervisor.caller.try('audit.verify', { subjectId })).status, 422)
    })
  })
}
