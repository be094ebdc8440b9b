import assert from 'node:assert/strict'
import { databaseNames } from '../databases.js'
import { Refused, type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`the way finder without a login, on ${database}`, function () {
    this.timeout(60_000)
    let w: World
    before(async () => {
      w = await world(database, { at: '2026-11-25T10:00:00+08:00' })
    })
    after(() => w.stop())

    const refusal = async (input: Record<string, unknown>) => {
      try {
        await w.nobody.call('path.find', input as never)
      } catch (error) {
        if (error instanceof Refused) return { status: error.status, errors: error.problem.errors }
        throw error
      }
      return undefined
    }

    it('finds a class, asks what hangs on it, and says the whole way', async () => {
      const { items } = await w.nobody.call('path.classes', { q: 'fengdian' })
      assert.equal(items[0]?.code, '90')
      const asked = await w.nobody.call('path.questions', { classCode: '90' })
      assert.deepEqual(
        asked.questions.map(({ key }) => key),
        ['classCode', 'sensitive', 'line', 'districtCode', 'nature', 'situations'],
      )
      const way = await w.nobody.call('path.find', {
        classCode: '90',
        sensitive: 'no',
        line: 'f3',
        districtCode: '210124',
        nature: 'new',
        situations: ['windSolarBase'],
      })
      assert.deepEqual(way.answers, [
        { key: 'classCode', title: '您的项目做什么？', answer: '风电、光伏、地热等发电' },
        { key: 'sensitive', title: '项目在不在这些地方？', answer: '不在' },
        { key: 'line', title: '您的项目是哪一种？', answer: '其他风力发电' },
        { key: 'districtCode', title: '项目在哪个区县？', answer: '法库县' },
        { key: 'nature', title: '是新建，还是在原有基础上改？', answer: '新建' },
        { key: 'situations', title: '下面哪些说的是您的项目？', answer: '大型风电、光伏基地' },
      ])
      assert.deepEqual(
        [way.today, way.documentType, way.documentName, way.dueOn, way.legal?.dueOn, way.promise?.isImmediate],
        ['2026-11-25', 'form', '生态环境影响报告表', '2026-11-26', '2026-12-25', true],
      )
      assert.deepEqual(
        way.guides.map(({ code }) => code),
        ['HP-03', 'HP-02'],
      )
      assert.deepEqual(
        way.guideIds,
        way.guides.map(({ id }) => id),
      )
      assert.equal((await w.nobody.call('guide.read', { id: way.guideIds[0] ?? '' })).code, 'HP-03')
      assert.equal(way.contact.unit.name, '法库生态环境分局')
      assert.equal(way.list.isConfirmed, false)
    })

    it('an industry that is not in the list gets no document but the branch to ask', async () => {
      const input = { classCode: 'unknown', districtCode: '210106', nature: 'new' } as const
      const way = await w.nobody.call('path.find', input)
      assert.deepEqual(
        [way.documentType, way.project, way.promise, way.legal, way.authority, way.dueOn, way.guides],
        [null, null, null, null, null, null, []],
      )
      assert.equal(way.contact.unit.name, '铁西生态环境分局')
      assert.match(way.unknowns[0] ?? '', /不猜/)
      assert.deepEqual(way.answers[0], { key: 'classCode', title: '您的项目做什么？', answer: '名录里没有找到' })
    })

    it('what is left out or does not fit is said field by field', async () => {
      assert.deepEqual(await refusal({}), {
        status: 422,
        errors: [
          { path: 'classCode', message: '请填写' },
          { path: 'districtCode', message: '请选择沈阳市的区县' },
          { path: 'nature', message: '请填写' },
        ],
      })
      const base = { classCode: '90', districtCode: '210124', nature: 'new' }
      assert.deepEqual(await refusal(base), {
        status: 422,
        errors: [{ path: 'sensitive', message: '请回答项目在不在环境敏感区' }],
      })
      assert.deepEqual(await refusal({ ...base, sensitive: 'no' }), {
        status: 422,
        errors: [{ path: 'line', message: '请选您的项目是哪一种' }],
      })
      // The line is only for places in a sensitive area.
      assert.deepEqual(await refusal({ ...base, sensitive: 'no', line: 'r1' }), {
        status: 422,
        errors: [{ path: 'line', message: '这一种和您选的行业、地方对不上，请重新选' }],
      })
      assert.equal((await refusal({ ...base, sensitive: 'maybe' }))?.status, 422)
      assert.equal((await refusal({ ...base, situations: ['rich'] }))?.status, 422)
    })

    it('all classes can be paged through, and the questions are sent as they were made', async () => {
      const codes: string[] = []
      let cursor: string | undefined
      do {
        const page = await w.nobody.call('path.classes', { limit: 100, ...(cursor !== undefined && { cursor }) })
        codes.push(...page.items.map(({ code }) => code))
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      assert.equal(new Set(codes).size, 173)
      const first = await w.nobody.try('path.questions', { classCode: '3' })
      const etag = first.headers['etag']
      assert.ok(etag)
      const again = await w.nobody.try('path.questions', { classCode: '3' }, { 'If-None-Match': etag })
      assert.equal(again.status, 304)
    })
  })
}
