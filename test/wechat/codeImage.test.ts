// A code image is a picture of the size asked for, and wrong orders never reach WeChat.
import assert from 'node:assert/strict'
import sharp from 'sharp'
import { wechatWorld, type World } from './world.js'

const PATH = '/wxa/getwxacodeunlimit'

describe('wechat code image', () => {
  let world: World
  beforeEach(async () => {
    world = await wechatWorld({ pages: ['pages/bind/bind'] })
  })
  afterEach(() => world.stop())

  it('is a picture of the width asked for, other for another scene', async () => {
    const page = 'pages/bind/bind'
    const image = await world.wechat.codeImage({ scene: 'b=K7M4Q', page, width: 300 })
    const { format, width, height } = await sharp(image).metadata()
    assert.deepEqual({ format, width, height }, { format: 'png', width: 300, height: 300 })
    const other = await world.wechat.codeImage({ scene: 'b=K7M4R', page, width: 300 })
    assert.notDeepEqual(other, image)
  })

  it('a page that is not published is a fault of configuration, except for trial versions', async () => {
    const order = { scene: 'x', page: 'pages/new/new' }
    const error = await world.failure(world.wechat.codeImage(order))
    assert.deepEqual([error.errcode, error.kind], [41030, 'config'])
    const image = await world.wechat.codeImage({ ...order, envVersion: 'trial' })
    assert.equal((await sharp(image).metadata()).width, 430)
  })

  it('最大 32 个可见字符, no leading slash or query, 280 to 1280 px: anything else is not sent', async () => {
    const page = 'pages/bind/bind'
    for (const order of [
      { scene: '', page },
      { scene: 'x'.repeat(33), page },
      { scene: '中文', page },
      { scene: 'a b', page },
      { scene: 'a%20', page },
      { scene: 'x', page: '/pages/bind/bind' },
      { scene: 'x', page: 'pages/bind/bind?id=1' },
      { scene: 'x', page: '' },
      { scene: 'x', page, width: 279 },
      { scene: 'x', page, width: 1281 },
      { scene: 'x', page, width: 300.5 },
    ]) {
      const { kind, sent } = await world.failure(world.wechat.codeImage(order))
      assert.deepEqual({ kind, sent }, { kind: 'badInput', sent: false })
    }
    assert.equal(world.count(PATH), 0)
  })

  it('an error answered as JSON is an error, and an answer that is no picture is unavailable', async () => {
    const order = { scene: 'x', page: 'pages/bind/bind' }
    world.sandbox.setBehaviour({ path: PATH, fault: { kind: 'errcode', errcode: 45009 }, times: 1 })
    assert.equal((await world.failure(world.wechat.codeImage(order))).kind, 'busy')
    for (const text of ['{"errcode":0,"errmsg":"ok"}', '<html>', '']) {
      world.sandbox.setBehaviour({ path: PATH, fault: { kind: 'reply', status: 200, text }, times: 1 })
      assert.equal((await world.failure(world.wechat.codeImage(order))).kind, 'unavailable')
    }
  })
})
