/** The three ledgers: what is kept of a project, by whom, and what its history tells. */
import assert from 'node:assert/strict'
import { PersonKey } from '../../src/encryption/personKey.js'
import { checkCharacter } from '../../src/people/creditCode.js'
import { personalColumns } from '../../src/people/personalColumns.js'
import { Project } from '../../src/projects/project.js'
import { databaseNames } from '../databases.js'
import { firm, member, project, staff, type StaffMember } from '../factories.js'
import { type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`keeping the ledgers, on ${database}`, () => {
    let w: World
    let clerk: StaffMember
    let supervisor: StaffMember
    let officer: StaffMember
    let leader: StaffMember
    before(async () => {
      w = await world(database)
      clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
      supervisor = await staff(w, { role: 'supervisor', unitId: 'leaders' })
      officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
    })
    after(() => w.stop())

    it('a line is kept with every column it was given, its branch by its district', async () => {
      const given = {
        projectCode: '0000-210106-04-01-000001',
        districtCode: '210106',
        park: '演示园区',
        industryCode: '3484',
        industry: '机械零部件加工',
        classMajor: '三十一、通用设备制造业',
        classMinor: '其他',
        scale: '年产齿轮 120 万件\n不含电镀',
        investment: 86000.25,
        environmentalInvestment: 1240.5,
        nature: 'expand' as const,
        startsThisYear: true,
        plannedStartOn: '2026-12-01',
        plannedProductionOn: '2027-10-01',
        documentType: 'form' as const,
        approvalLevel: 'city' as const,
        approvalUnit: '市生态环境局',
        compiler: '演示·编制单位',
        compileProgress: 40,
        plannedSubmitOn: '2026-12-20',
        permitType: 'simple' as const,
        totalQuota: '化学需氧量 1.2 吨/年',
        approvalNumber: null,
        lastContactOn: '2026-11-20',
        nextFollowUpOn: '2026-11-27',
      }
      const made = await clerk.caller.call('project.create', {
        book: 'national',
        name: '演示·齿轮工厂',
        builderName: '演示·齿轮有限公司',
        careLevel: 'own',
        ...given,
      })
      assert.deepEqual(await clerk.caller.call('project.read', { id: made.id }), made)
      const { unit, ...entry } = made
      for (const [field, value] of Object.entries(given)) assert.equal(entry[field as 'park'], value, field)
      assert.deepEqual(unit, { id: 'tiexi', name: unit?.name })
      assert.deepEqual(
        [made.stage, made.stageTitle, made.stageOn, made.careDuty, made.isUnderCare, made.version],
        ['preparing', '前期', '2026-11-23', '本级即办', true, 1],
      )
      assert.deepEqual(
        made.stages.map(({ stage, on, movedBy }) => [stage, on, movedBy]),
        [['preparing', '2026-11-23', { postId: clerk.postId, name: clerk.name }]],
      )
      assert.equal((await officer.caller.call('project.read', { id: made.id })).can.includes('project.update'), false)
    })

    it('a line may begin anywhere on its way; where care has ended, it begins ended', async () => {
      const made = await clerk.caller.call('project.create', {
        book: 'foreign',
        name: '演示·已批复项目',
        builderName: '演示·外资公司',
        careLevel: 'upper',
        stage: 'approved',
        stageOn: '2026-10-09',
      })
      assert.deepEqual([made.careDuty, made.careEndedOn, made.isUnderCare], ['全程协办', '2026-10-09', false])
    })

    it('the builder is found by its code, and registered when it is new', async () => {
      const known = await firm(w)
      const base = { book: 'local' as const, builderName: '演示·建设单位', careLevel: 'lower' as const }
      const first = await clerk.caller.call('project.create', {
        ...base,
        name: '演示·甲',
        creditCode: known.creditCode,
      })
      assert.equal(first.enterprise?.id, known.id)
      const first17 = '91210100TEXTX0001'
      const creditCode = first17 + checkCharacter(first17)
      const second = await clerk.caller.call('project.create', { ...base, name: '演示·乙', creditCode })
      assert.deepEqual(second.enterprise, { id: second.enterprise?.id, name: '演示·建设单位', creditCode })
      const { status, body } = await clerk.caller.try('project.create', {
        ...base,
        name: '演示·丙',
        creditCode: '9121',
      })
      assert.deepEqual([status, body.errors[0].path], [422, 'creditCode'])
    })

    it('one book has a project code once, another book may have it too', async () => {
      const line = { name: '演示·同码', builderName: '演示', careLevel: 'own', projectCode: '0000-1' }
      assert.equal((await clerk.caller.try('project.create', { ...line, book: 'local' })).status, 200)
      assert.equal((await clerk.caller.try('project.create', { ...line, book: 'local' })).status, 409)
      const other = await clerk.caller.call('project.create', { ...line, book: 'foreign', careLevel: 'own' })
      const moved = await clerk.caller.try('project.update', { id: other.id, book: 'local' })
      assert.equal(moved.status, 409)
      assert.equal((await clerk.caller.call('project.read', { id: other.id })).book, 'foreign')
    })

    const wrong: [string, Record<string, unknown>][] = [
      ['environmentalInvestment', { investment: 10, environmentalInvestment: 10.01 }],
      ['investment', { investment: 1.234 }],
      ['investment', { investment: 21_474_837 }],
      ['plannedProductionOn', { plannedStartOn: '2026-12-01', plannedProductionOn: '2026-11-30' }],
      ['enterpriseId', { enterpriseId: '01970000-0000-7000-8000-000000000001' }],
      ['unitId', { unitId: 'approval' }],
      ['districtCode', { districtCode: '210199' }],
      ['contactName', { contactName: '王*' }],
      ['contactPhone', { contactPhone: '138****5678' }],
      ['compileProgress', { compileProgress: 101 }],
      ['stage', { stage: 'approved' }],
      ['officerPostId', { officerPostId: '01970000-0000-7000-8000-000000000001' }],
    ]
    for (const [path, fields] of wrong) {
      it(`${JSON.stringify(fields)} is refused on ${path} and changes nothing`, async () => {
        const { id } = await project(w)
        const before = await clerk.caller.call('project.read', { id })
        const { status, body } = await clerk.caller.try('project.update', { id, ...fields })
        assert.deepEqual([status, body.errors[0]?.path], [422, path])
        assert.deepEqual(await clerk.caller.call('project.read', { id }), before)
      })
    }

    it('whose project it is, and where, is not for its officer to change, nor for a stand-in', async () => {
      const [first, second] = [await firm(w), await firm(w)]
      const { id } = await project(w, { enterpriseId: first.id, officerPostId: officer.postId })
      const standIn = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const period = { postId: officer.postId, standInPostId: standIn.postId, fromOn: '2026-11-23', toOn: '2026-11-23' }
      const absence = await clerk.caller.call('staff.setAbsence', period)
      const wrong = {
        enterpriseId: second.id,
        creditCode: second.creditCode,
        builderName: '测试·别家',
        unitId: 'heping',
        districtCode: '210102',
      }
      for (const who of [officer, standIn]) {
        for (const [field, value] of Object.entries(wrong)) {
          const { status, body } = await who.caller.try('project.update', { id, [field]: value })
          assert.deepEqual([status, body.errors?.[0]?.path], [422, field])
          assert.match(body.errors[0].message, /市局/)
        }
        const given = { id, enterpriseId: first.id, builderName: '测试·建设单位', unitId: 'tiexi', compileProgress: 50 }
        assert.equal((await who.caller.call('project.update', given)).compileProgress, 50)
      }
      await clerk.caller.call('staff.setAbsence', { id: absence.id, cancel: true })
      const { unit } = await clerk.caller.call('project.update', { id, ...wrong })
      assert.equal(unit?.id, 'heping')
    })

    it('an old version is refused', async () => {
      const { id } = await project(w)
      await clerk.caller.call('project.update', { id, version: 1, park: '演示园区' })
      assert.equal((await clerk.caller.try('project.update', { id, version: 1, park: null })).status, 409)
    })

    it('contact and compiler are sealed in the table, in clear for the officers in charge, masked for others', async () => {
      const { id } = await project(w, { officerPostId: officer.postId, branchLeaderPostId: leader.postId })
      const personal = { contactName: '欧阳明月', contactPhone: '13812345678', compilerLead: '张建设' }
      const masked = { contactName: '欧阳*', contactPhone: '138****5678', compilerLead: '张*' }
      const shown = async (who: StaffMember) => {
        const { contactName, contactPhone, compilerLead } = await who.caller.call('project.read', { id })
        return { contactName, contactPhone, compilerLead }
      }
      await clerk.caller.call('project.update', { id, ...personal })
      assert.deepEqual(await shown(officer), personal)
      assert.deepEqual(await shown(leader), personal)
      assert.deepEqual(await shown(supervisor), masked)
      assert.deepEqual(await shown(clerk), masked)
      const { ds } = w.service.house
      const kept = JSON.stringify([
        await ds.query('SELECT * FROM project WHERE id = ?', [id]),
        await ds.query('SELECT * FROM audit_entry WHERE subjectId = ?', [id]),
      ])
      for (const plain of Object.values(personal)) assert.ok(!kept.includes(plain), plain)
    })

    it('once the last personal value is gone, what the trail holds of it stays closed for good', async () => {
      const { id } = await project(w, { officerPostId: officer.postId })
      await officer.caller.call('project.update', { id, contactName: '王明', contactPhone: '13812345678' })
      const { contactName } = await officer.caller.call('project.update', { id, contactPhone: null })
      assert.equal(contactName, '王明')
      const emptied = await officer.caller.call('project.update', { id, contactName: null })
      assert.deepEqual([emptied.contactName, emptied.contactPhone], [null, null])
      const told = async () => {
        const { items } = await officer.caller.call('project.history', { id })
        const changes = items.flatMap((one) => one.changes).filter(({ field }) => field === 'contactNameSealed')
        return changes.map(({ from, to }) => [from, to])
      }
      assert.deepEqual(await told(), [
        ['（已删除）', null],
        [null, '（已删除）'],
      ])
      await officer.caller.call('project.update', { id, contactName: '李小红' })
      assert.deepEqual((await told())[0], [null, '李*'])
      assert.equal(await w.service.house.ds.manager.countBy(PersonKey, { personId: id }), 1)
    })

    it('every sealed column is known to the re-encryption', () => {
      const sealed = w.service.house.ds.getMetadata(Project).columns.map(({ propertyName }) => propertyName)
      assert.deepEqual(
        personalColumns.flatMap(({ entity, column }) => (entity === Project ? [column] : [])).sort(),
        sealed.filter((name) => name.endsWith('Sealed')).sort(),
      )
    })

    it('the history says who changed what, when, from what to what, the newest first, personal values masked', async () => {
      const { id } = await project(w, { officerPostId: officer.postId, branchLeaderPostId: leader.postId })
      w.turnTo('2026-11-23T11:00:00+08:00')
      await clerk.caller.call('project.update', { id, investment: 8600.5, contactName: '王明' })
      w.turnTo('2026-11-23T12:00:00+08:00')
      await supervisor.caller.call('project.update', {
        id,
        investment: 9000,
        contactName: '李小红',
        districtCode: '210102',
      })
      await supervisor.caller.call('project.assign', { id, officerPostId: null })
      const { items } = await supervisor.caller.call('project.history', { id })
      assert.deepEqual(
        items.map(({ verb }) => verb),
        ['project.assign', 'project.update', 'project.update', 'test'],
      )
      assert.deepEqual(items[0]?.changes, [{ field: 'officerPostId', title: '包保专员', from: officer.name, to: null }])
      assert.deepEqual(items[1], {
        at: '2026-11-23T12:00:00.000+08:00',
        verb: 'project.update',
        by: { postId: supervisor.postId, name: supervisor.name },
        changes: items[1]?.changes,
      })
      const changes = new Map(items[1]?.changes.map(({ field, from, to }) => [field, [from, to]]))
      assert.deepEqual(Object.fromEntries(changes), {
        investmentHundreds: [8600.5, 9000],
        contactNameSealed: ['王*', '李*'],
        districtCode: ['210106', '210102'],
        unitId: changes.get('unitId'),
      })
      assert.match(String(changes.get('unitId')?.[1]), /和平/)
      const first = await supervisor.caller.call('project.history', { id, limit: 3 })
      const rest = await supervisor.caller.call('project.history', { id, limit: 3, cursor: first.next ?? '' })
      assert.deepEqual([...first.items, ...rest.items], items)
      assert.equal(rest.next, null)
    })

    describe('naming the three officers (三级包保)', () => {
      let cityLeader: StaffMember
      let elsewhere: StaffMember
      before(async () => {
        cityLeader = await staff(w, { role: 'leader', unitId: 'leaders' })
        elsewhere = await staff(w, { role: 'officer', unitId: 'heping' })
      })

      it('city leader, branch leader and officer are named, and shown with name and work phone', async () => {
        const { id } = await project(w)
        const entry = await supervisor.caller.call('project.assign', {
          id,
          officerPostId: officer.postId,
          branchLeaderPostId: leader.postId,
          cityLeaderPostId: cityLeader.postId,
        })
        const three = [entry.officer, entry.branchLeader, entry.cityLeader]
        assert.deepEqual(
          three.map((one) => [one?.postId, one?.name, one?.unit.id]),
          [officer, leader, cityLeader].map((one, n) => [one.postId, one.name, n === 2 ? 'leaders' : 'tiexi']),
        )
        assert.ok(three.every((one) => one?.workPhone?.startsWith('024-')))
      })

      it('who is named hears of it, and the firm’s members hear who their officer is, with the work phone', async () => {
        const { id: enterpriseId } = await firm(w)
        const boss = await member(w, enterpriseId)
        const { id, name } = await project(w, { enterpriseId })
        const named = { officerPostId: officer.postId, branchLeaderPostId: leader.postId }
        await supervisor.caller.call('project.assign', { id, ...named })
        await supervisor.caller.call('project.assign', { id, ...named, cityLeaderPostId: cityLeader.postId })
        await w.drainJobs()
        for (const [who, title] of [
          [officer, `您成为《${name}》的包保服务专员`],
          [leader, `您成为《${name}》的包保分局领导`],
          [cityLeader, `您成为《${name}》的包保市局领导`],
        ] as const) {
          const { items } = await who.caller.call('notice.list', { limit: 100 })
          assert.equal(items.filter((item) => item.title === title).length, 1, title)
        }
        const { items } = await boss.call('notice.list', {})
        const entry = await supervisor.caller.call('project.read', { id })
        assert.deepEqual(
          items.map(({ text }) => text),
          [`《${name}》的包保服务专员是${officer.name}，电话${entry.officer?.workPhone}。`],
        )
        await supervisor.caller.call('project.assign', { id, officerPostId: null })
        await w.drainJobs()
        assert.equal((await boss.call('notice.list', {})).items.length, 1)
      })

      it('an officer of the approval office may look after a project of a branch', async () => {
        const { id } = await project(w)
        const { postId } = await staff(w, { role: 'officer', unitId: 'approval' })
        const entry = await supervisor.caller.call('project.assign', { id, officerPostId: postId })
        assert.equal(entry.officer?.postId, postId)
      })

      it('another branch’s officer, a wrong role, a post taken away or unknown is refused on its field', async () => {
        const { id } = await project(w)
        const gone = await staff(w, { role: 'officer', unitId: 'tiexi', isActive: false })
        const unknown = '01970000-0000-7000-8000-000000000001'
        const wrong = [
          { officerPostId: elsewhere.postId },
          { officerPostId: leader.postId },
          { officerPostId: gone.postId },
          { officerPostId: unknown },
          { branchLeaderPostId: officer.postId },
          { branchLeaderPostId: cityLeader.postId },
          { cityLeaderPostId: leader.postId },
          { cityLeaderPostId: clerk.postId },
        ]
        for (const input of wrong) {
          const { status, body } = await supervisor.caller.try('project.assign', { id, ...input })
          assert.deepEqual([status, body.errors[0]?.path], [422, Object.keys(input)[0]], JSON.stringify(input))
        }
      })

      it('a branch leader names officers in the branch, but not the city leader, and nobody elsewhere', async () => {
        const { id } = await project(w)
        const theirs = await project(w, { districtCode: '210102', unitId: 'heping' })
        const entry = await leader.caller.call('project.assign', { id, officerPostId: officer.postId })
        assert.equal(entry.officer?.postId, officer.postId)
        const city = await leader.caller.try('project.assign', { id, cityLeaderPostId: cityLeader.postId })
        assert.equal(city.status, 403)
        const other = await leader.caller.try('project.assign', { id: theirs.id, officerPostId: elsewhere.postId })
        assert.equal(other.status, 404)
      })
    })
  })
}
