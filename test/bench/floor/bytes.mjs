/** Bare Koa that sends the same bytes, with what a client and a cache act on. `argv[2]`: JSON of `{ headers, base64 }`. */
import { readFileSync } from 'node:fs'
import Koa from 'koa'
import { reportTo } from '../report.mjs'

const { headers, base64 } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const body = Buffer.from(base64, 'base64')
const app = new Koa()
app.use((ctx) => {
  ctx.set(headers)
  ctx.body = body
})
const server = app.listen(0, '127.0.0.1', () => reportTo(process, `http://127.0.0.1:${server.address().port}`))
process.once('SIGTERM', () => process.exit(0))
