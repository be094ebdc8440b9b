/** What the plants replace is still in the source, so that `npm run faults -- --plant all` can plant it. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { scenarios } from './campaign/scenarios.js'
import { planted, plants } from './plants/plants.js'

describe('a planted fault', () => {
  for (const plant of plants) {
    it(`${plant.name} finds its place, and scenarios that must show it`, async () => {
      for (const edit of plant.edits) {
        const source = await readFile(new URL(`../../src/${edit.file}.ts`, import.meta.url), 'utf8')
        assert.ok(planted(edit, source).includes(edit.replace))
      }
      const showing = scenarios.filter(({ name, on }) => plant.scenarios.includes(name) && on.includes(plant.on))
      assert.equal(showing.length, plant.scenarios.length)
    })
  }

  it('is refused where its place is gone', () => {
    for (const edit of plants.flatMap(({ edits }) => edits)) assert.throws(() => planted(edit, ''), /stands 0 times/)
  })
})
