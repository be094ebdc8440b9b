// Only WeChat's own pushes are believed, and a picture's verdict is read from them.
import assert from 'node:assert/strict'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { parsePush, type PushEvent, pushSignature, verifyPush } from '../../src/wechat/callback.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { APP_ID, wechatWorld } from './world.js'

const token = 'AAAAA'
const timestamp = '1714036504'
const nonce = '1514711492'
const signature = 'f464b24fc39322e44b38aa78f5edd27bd1441696'
const now = 1714036504_000

describe('wechat message push', () => {
  it('the signature is sha1 over token, timestamp and nonce in dictionary order', () => {
    assert.equal(pushSignature(token, timestamp, nonce), signature)
    assert.equal(verifyPush({ signature, timestamp, nonce }, token, now), true)
  })

  it('another token, an altered part, a missing or repeated one and an old push are not believed', () => {
    const query = { signature, timestamp, nonce }
    const wrong: [object, string, number][] = [
      [query, 'BBBBB', now],
      [query, '', now],
      [{ ...query, nonce: '1' }, token, now],
      [{ ...query, timestamp: '1714036505' }, token, now],
      [{ ...query, signature: signature.replace('f', 'e') }, token, now],
      [{ ...query, signature: signature.slice(1) }, token, now],
      [{ ...query, signature: [signature, signature] }, token, now],
      [{ timestamp, nonce }, token, now],
      [{}, token, now],
      [query, token, now + 601_000],
      [query, token, now - 601_000],
    ]
    for (const [asked, key, at] of wrong) assert.equal(verifyPush(asked, key, at), false)
    assert.equal(verifyPush(query, token, now + 599_000), true)
  })

  const event = {
    ToUserName: 'gh_1',
    FromUserName: 'o1',
    CreateTime: 1714036504,
    MsgType: 'event',
    Event: 'wxa_media_check',
    appid: APP_ID,
    trace_id: 'trace-1',
    version: 2,
    errcode: 0,
    errmsg: 'ok',
    result: { suggest: 'risky', label: 20002 },
    detail: [
      { strategy: 'content_model', errcode: 0, suggest: 'risky', label: 20002, prob: 90 },
      { strategy: 'keyword', errcode: 0, suggest: 'pass', label: 100 },
      { strategy: 'other', errcode: -1, suggest: 'risky', label: 20001 },
    ],
  }

  it('a media check gives its trace id and verdict; details that failed do not count', () => {
    assert.deepEqual(parsePush(event), {
      kind: 'mediaCheck',
      appId: APP_ID,
      traceId: 'trace-1',
      verdict: { outcome: 'risky', labels: [20002], traceId: 'trace-1' },
    })
  })

  it('a check that WeChat could not make is told apart from a pass', () => {
    assert.deepEqual(parsePush({ ...event, errcode: -1008, result: undefined, detail: undefined }), {
      kind: 'mediaCheckFailed',
      appId: APP_ID,
      traceId: 'trace-1',
      errcode: -1008,
    })
  })

  it('other events are other, and what is no push is nothing', () => {
    assert.deepEqual(parsePush({ MsgType: 'text', Content: '你好' }), { kind: 'other' })
    assert.deepEqual(parsePush({ MsgType: 'event', Event: 'subscribe_msg_popup_event' }), { kind: 'other' })
    const unreadable = [null, undefined, 'x', 7, [], {}, { ...event, trace_id: 7 }, { ...event, result: undefined }]
    for (const body of unreadable) assert.equal(parsePush(body), undefined)
  })

  it('the sandbox pushes the verdict on a picture to our address with a valid signature', async () => {
    const pushed: { isSigned: boolean; event: PushEvent | undefined }[] = []
    const arrivals: (() => void)[] = []
    const server = http.createServer(async (request, answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const query = Object.fromEntries(new URL(request.url ?? '/', 'http://x').searchParams)
      pushed.push({
        isSigned: verifyPush(query, 'push-token', Date.now()),
        event: parsePush(JSON.parse(Buffer.concat(chunks).toString('utf8'))),
      })
      answer.end('success')
      arrivals.shift()?.()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const world = await wechatWorld({ pushDelayMs: 5 })
    try {
      world.sandbox.setPush({ url: `http://127.0.0.1:${port}/wechat/push`, token: 'push-token' })
      for (const [name, outcome] of [
        ['a', 'pass'],
        ['违规样例', 'risky'],
        ['待核样例', 'review'],
      ] as const) {
        const arrival = new Promise<void>((resolve) => arrivals.push(resolve))
        const mediaUrl = `https://files.example/${encodeURIComponent(name)}.jpg`
        const openid = demoOpenid('enterprise')
        const traceId = await world.wechat.checkMedia({ openid, mediaUrl, mediaType: 'image', scene: 'comment' })
        await arrival
        const last = pushed.at(-1)
        assert.equal(last?.isSigned, true)
        assert.ok(last?.event?.kind === 'mediaCheck')
        assert.deepEqual([last.event.traceId, last.event.verdict.outcome], [traceId, outcome])
      }
      const bad = world.wechat.checkMedia({
        openid: demoOpenid('enterprise'),
        mediaUrl: 'not an address',
        mediaType: 'image',
        scene: 'comment',
      })
      assert.equal((await world.failure(bad)).errcode, 47001)
      assert.throws(() => world.sandbox.setPush({ url: 'http://example.com/', token: 'x' }), TypeError)
    } finally {
      await world.stop()
      server.close()
      server.closeAllConnections()
    }
  })
})
