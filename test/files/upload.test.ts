import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { readUpload, type Upload, UploadRefused } from '../../src/files/upload.js'

const BOUNDARY = 'limit-of-parts'
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`
const LIMITS = { fileSize: 100_000 }

type Outcome = Upload | { status: number; reason: string }

const part = (disposition: string, data: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`),
    Buffer.from(data),
    Buffer.from('\r\n'),
  ])
const file = (data: string | Buffer, name = 'a.jpg') => part(`name="file"; filename="${name}"`, data)
const text = (name: string, value: string) => part(`name="${name}"`, value)
const form = (...parts: Buffer[]) => Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)])
const refused = (status: number, reason: string) => ({ status, reason })

describe('an upload', () => {
  let server: Server
  let port: number
  let outcome: Promise<Outcome>

  before(async () => {
    server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    outcome = new Promise((resolve, reject) => {
      server.removeAllListeners('request')
      server.on('request', async (req: IncomingMessage, res) => {
        try {
          resolve(await readUpload(req, LIMITS))
        } catch (error) {
          if (error instanceof UploadRefused) resolve({ status: error.status, reason: error.reason })
          else reject(error as Error)
        }
        res.end('answered')
      })
    })
  })

  const post = async (body: Buffer | Buffer[], headers: Record<string, string> = { 'content-type': TYPE }) => {
    const req = request({ port, host: '127.0.0.1', method: 'POST', headers, agent: false })
    const answered = once(req, 'response')
    if (Array.isArray(body)) for (const chunk of body) req.write(chunk)
    req.end(Array.isArray(body) ? undefined : body)
    const [res] = (await answered) as [IncomingMessage]
    res.resume()
    return outcome
  }

  it('is one file with its name, its bytes and the wish to keep the place', async () => {
    const bytes = Buffer.from([0, 13, 10, 45, 45, 255])
    assert.deepEqual(await post(form(file(bytes, '现场照片.jpg'), text('keepPlace', 'true'))), {
      name: '现场照片.jpg',
      bytes,
      fields: { keepPlace: true, discreet: false },
    })
  })

  it('keeps no place unless it is asked to', async () => {
    assert.deepEqual(await post(form(file('x'))), {
      name: 'a.jpg',
      bytes: Buffer.from('x'),
      fields: { keepPlace: false, discreet: false },
    })
  })

  it('takes the fields in any order', async () => {
    const got = await post(form(text('keepPlace', 'true'), file('x')))
    assert.deepEqual(got, { name: 'a.jpg', bytes: Buffer.from('x'), fields: { keepPlace: true, discreet: false } })
  })

  it('may give its name in the form of RFC 5987, and a path is cut off', async () => {
    const got = await post(form(part(`name="file"; filename*=UTF-8''..%2F%E6%8A%A5%E5%91%8A.pdf`, 'x')))
    assert.equal('name' in got && got.name, '报告.pdf')
  })

  it('may be called something else than its copy on the phone', async () => {
    const called = '年'.repeat(90) + '平面图.pdf'
    const got = await post(form(text('name', `..\\${called}`), text('keepPlace', 'false'), file('x', 'tmp_8f3a.pdf')))
    assert.deepEqual(got, { name: called, bytes: Buffer.from('x'), fields: { keepPlace: false, discreet: false } })
  })

  it('called twice is refused with 422', async () => {
    const twice = form(text('name', '一'), text('name', '二'), file('x'))
    assert.deepEqual(await post(twice), refused(422, 'unknownField'))
  })

  it('of exactly the limit is taken', async () => {
    const got = await post(form(file(Buffer.alloc(LIMITS.fileSize, 1))))
    assert.equal('bytes' in got && got.bytes.length, LIMITS.fileSize)
  })

  it('of one byte more is refused with 413', async () => {
    assert.deepEqual(await post(form(file(Buffer.alloc(LIMITS.fileSize + 1, 1)))), refused(413, 'fileTooLarge'))
  })

  it('that declares too much is refused before a byte of it is read', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${TYPE}\r\nContent-Length: 999999999\r\n\r\n`)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    assert.match(answer.toString(), /^HTTP\/1\.1 200/)
    assert.deepEqual(await outcome, refused(413, 'fileTooLarge'))
    socket.destroy()
  })

  it('without a declared length is refused once it passes the limit, even if no file began', async () => {
    const junk = Array.from({ length: 40 }, () => Buffer.alloc(10_000, 97))
    assert.deepEqual(
      await post(junk, { 'content-type': TYPE, 'transfer-encoding': 'chunked' }),
      refused(413, 'fileTooLarge'),
    )
  })

  it('of two files is refused with 422', async () => {
    assert.deepEqual(await post(form(file('x'), file('y'))), refused(422, 'tooManyFiles'))
  })

  it('without a file is refused with 422', async () => {
    assert.deepEqual(await post(form(text('keepPlace', 'true'))), refused(422, 'fileMissing'))
  })

  it('with an empty file is refused with 422', async () => {
    assert.deepEqual(await post(form(file(''))), refused(422, 'fileEmpty'))
  })

  it('with text in the place of the file is refused with 422', async () => {
    assert.deepEqual(await post(form(text('file', 'x'))), refused(422, 'fileMissing'))
  })

  it('with no part at all is refused with 422', async () => {
    assert.deepEqual(await post(form()), refused(422, 'fileMissing'))
  })

  it('with a field that nobody asked for is refused with 422', async () => {
    assert.deepEqual(await post(form(file('x'), text('__proto__', 'x'))), refused(422, 'unknownField'))
  })

  it('with a file in another field is refused with 422', async () => {
    assert.deepEqual(await post(form(part('name="photo"; filename="a.jpg"', 'x'))), refused(422, 'unknownField'))
  })

  it('with a wish that is neither true nor false is refused with 422', async () => {
    assert.deepEqual(await post(form(text('keepPlace', 'yes'), file('x'))), refused(422, 'badKeepPlace'))
  })

  it('with the wish said twice is refused with 422', async () => {
    const twice = form(text('keepPlace', 'true'), text('keepPlace', 'false'), file('x'))
    assert.deepEqual(await post(twice), refused(422, 'badKeepPlace'))
  })

  for (const type of [
    'application/json',
    'application/x-www-form-urlencoded',
    'image/jpeg',
    'multipart/mixed; boundary=x',
  ]) {
    it(`sent as ${type} is refused with 415`, async () => {
      assert.deepEqual(await post(form(file('x')), { 'content-type': type }), refused(415, 'notMultipart'))
    })
  }

  it('without a content type is refused with 415', async () => {
    assert.deepEqual(await post(form(file('x')), {}), refused(415, 'notMultipart'))
  })

  it('without a boundary is refused with 400', async () => {
    assert.deepEqual(await post(form(file('x')), { 'content-type': 'multipart/form-data' }), refused(400, 'malformed'))
  })

  it('whose end is missing is refused with 400', async () => {
    const whole = form(file('x'.repeat(5_000)))
    assert.deepEqual(await post(whole.subarray(0, 2_000)), refused(400, 'malformed'))
  })

  it('that is broken off by the network is refused with 400', async () => {
    const socket = connect(port, '127.0.0.1')
    const half = form(file('x'.repeat(5_000))).subarray(0, 2_000)
    socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${TYPE}\r\nContent-Length: 5200\r\n\r\n`)
    socket.write(half)
    await once(server, 'request')
    socket.destroy()
    assert.deepEqual(await outcome, refused(400, 'interrupted'))
  })
})

describe('an upload whose sender has gone before it is read', () => {
  it('is refused with 400', async () => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${TYPE}\r\nContent-Length: 5200\r\n\r\n`)
    const [req] = (await once(server, 'request')) as [IncomingMessage]
    req.on('error', () => undefined)
    const gone = new Promise((resolve) => req.on('close', resolve))
    socket.destroy()
    await gone
    await assert.rejects(readUpload(req), { status: 400, reason: 'interrupted' })
    server.close()
  })
})

describe('a mutilated upload', () => {
  it('is answered wherever it is damaged, and never taken for a whole one when it is cut', async () => {
    const server = createServer(async (req, res) => {
      const answer = await readUpload(req, LIMITS).then(
        ({ bytes }) => `taken ${bytes.toString('latin1')}`,
        (error: unknown) => (error instanceof UploadRefused ? `refused ${error.status}` : `crashed ${String(error)}`),
      )
      res.end(answer)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const send = async (body: Buffer) =>
      (await fetch(url, { method: 'POST', headers: { 'content-type': TYPE }, body: new Uint8Array(body) })).text()

    const whole = form(file('the bytes'), text('keepPlace', 'true'))
    const closed = whole.length - '\r\n'.length
    for (let length = 0; length < closed; length += 1) {
      assert.match(await send(whole.subarray(0, length)), /^refused 4\d\d$/, `cut at ${length}`)
    }
    assert.equal(await send(whole), 'taken the bytes')
    for (let at = 0; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole)
      damaged[at] = 0
      assert.match(await send(damaged), /^(refused 4\d\d|taken [^]*)$/, `damaged at ${at}`)
    }
    server.closeAllConnections()
    server.close()
  })
})
