/**
 * Bare Koa that sends the statements the service was seen to send, through the bare driver: the least that such a
 * request can cost. `argv[2]`: JSON of `{ database, plans }`, see record.ts; the header `Plan` names the plan.
 */
import { readFileSync } from 'node:fs'
import Koa from 'koa'
import { reportTo } from '../report.mjs'
import { bareLibsql } from './libsql.mjs'
import { bareMysql } from './mysql.mjs'

const { database, plans } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const replay = database.file === undefined ? bareMysql(database) : bareLibsql(database)
const turns = new Map(Object.keys(plans).map((verb) => [verb, 0]))

async function readJson(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

const app = new Koa()
app.use(async (ctx) => {
  const name = decodeURIComponent(ctx.get('Plan'))
  const body = ctx.method === 'POST' ? await readJson(ctx.req) : undefined
  const turn = turns.get(name)
  if (turn === undefined) return
  turns.set(name, turn + 1)
  const plan = plans[name][turn % plans[name].length]
  await replay(plan.statements, body)
  ctx.body = plan.answer
})
const server = app.listen(0, '127.0.0.1', () => reportTo(process, `http://127.0.0.1:${server.address().port}`))
process.once('SIGTERM', () => process.exit(0))
