import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPreview } from '../../src/preview/build/build.js'
import { packageSizes } from './packageSizes.js'
import { root } from './place.js'

const source = join(root, 'miniprogram')

describe('our mini-program', function () {
  this.timeout(120_000)
  const folder = mkdtempSync(join(tmpdir(), 'preview-'))
  const out = join(folder, 'app')
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('is built for a browser without a fault: types, templates, styles, components and icons', async () => {
    await buildPreview({ root, source, out })
    assert.ok(statSync(join(out, 'app.js')).size > 0)
  })

  it('is small enough to be on the screen soon: 1 MB to begin with, 500 KB for each further package', async () => {
    for (const [name, bytes] of await packageSizes(source)) {
      const most = name === '' ? 1024 : 500
      assert.ok(bytes <= most * 1024, `${name || 'main package'}: ${Math.round(bytes / 1024)} KB of ${most} KB`)
    }
  })
})
