import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { type World, world } from './world.js'

/** The shell block under a heading of the README. */
async function blockUnder(heading: string): Promise<string> {
  const text = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const found = text.split(`\n## ${heading}\n`)[1]?.split('```sh\n')[1]?.split('\n```')[0]
  assert.ok(found, `README.md has no shell block under ${heading}`)
  return found
}

describe('the README', function () {
  this.timeout(120_000)
  let w: World
  before(async () => {
    w = await world('embedded', { env: { DEMO: 'on' } })
  })
  after(() => w.stop())

  it('its walk with curl works when pasted', async () => {
    const block = (await blockUnder('The main job with curl')).replace('http://localhost:3000', w.service.url)
    // --norc: with a socket for its input bash takes itself for a remote shell and reads the machine's own start-up file.
    const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', block], {
      timeout: 100_000,
    })
    assert.equal(stderr, '')
    const lines = stdout.trim().split('\n')
    const seen = (pattern: RegExp) =>
      assert.ok(
        lines.some((line) => pattern.test(line)),
        `${pattern} in:\n${stdout}`,
      )
    seen(/环境影响报告/)
    seen(/^QZ\d{8}-\w{5} 演示.+ \d{4}-\d\d-\d\d$/)
    for (const state of ['handling', 'answered', 'closed']) seen(new RegExp(`^${state}$`))
    seen(/dueOn/)
    seen(/overdue|assigned/)
  })
})
