import assert from 'node:assert/strict'
import { databaseNames } from '../databases.js'
import { type World, world } from '../world.js'

for (const database of databaseNames) {
  describe(`the schema, on ${database}`, () => {
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('migrations from empty to head give exactly what the entities say', async () => {
      const { upQueries } = await w.service.house.ds.driver.createSchemaBuilder().log()
      assert.deepEqual(
        upQueries.map(({ query }) => query),
        [],
      )
    })
  })
}
