/** WeChat is slow, silent, broken, refuses, answers twice and takes its tokens back, while people go on working. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { demoOpenid, type Sandbox, startSandbox } from '../../../../src/wechat/sandbox/start.js'
import { parseTemplates } from '../../../../src/wechat/templates.js'
import { post } from '../../asking.js'
import { inside, later } from '../../ground.js'
import { type AnsweringProxy, answeringProxy } from '../answeringProxy.js'
import type { Somebody } from '../cast.js'
import type { Scenario, Stage } from '../stage.js'
import { faultless } from '../verdict.js'

const SEND = '/cgi-bin/message/subscribe/send'
const TOKEN = '/cgi-bin/stable_token'
const TEMPLATES = new URL('../../../../seeds/wechat/templates.json', import.meta.url)
const WRITES = 15
/** So many messages each may be sent: 一次授权一条消息. */
const GRANTS = { officer: 60, asker: 6 }
const TOLD = { officer: ['caseAssigned'], asker: ['caseSigned', 'caseAnswered'] } as const

interface Door {
  sandbox: Sandbox
  proxy: AnsweringProxy
}

/** What WeChat does, one after the other. */
const moods: Readonly<Record<string, (door: Door) => unknown>> = {
  'slow (2 s)': ({ proxy }) => proxy.answer({ lateMs: 2000 }),
  'answers twice': ({ proxy }) => proxy.answer({ twice: true }),
  silent: ({ sandbox }) => sandbox.setBehaviour({ fault: { kind: 'silence' } }),
  'hangs up': ({ sandbox }) => sandbox.setBehaviour({ fault: { kind: 'drop' } }),
  'sends, and hangs up': ({ sandbox }) => sandbox.setBehaviour({ path: SEND, fault: { kind: 'drop' }, when: 'after' }),
  'busy (-1)': ({ sandbox }) => sandbox.setBehaviour({ fault: { kind: 'errcode', errcode: -1 } }),
  'over its limit (45009)': ({ sandbox }) => sandbox.setBehaviour({ fault: { kind: 'errcode', errcode: 45009 } }),
  'a broken gateway (502)': ({ sandbox }) =>
    sandbox.setBehaviour({ fault: { kind: 'reply', status: 502, text: '<html>502</html>' } }),
  'no JSON': ({ sandbox }) => sandbox.setBehaviour({ fault: { kind: 'reply', status: 200, text: '<html>' } }),
  'token expired (42001)': ({ sandbox }) => sandbox.spoilToken(42001),
  'token withdrawn (40001)': ({ sandbox }) => sandbox.spoilToken(40001),
  'refuses messages (43101)': ({ sandbox }) =>
    sandbox.setBehaviour({ path: SEND, fault: { kind: 'errcode', errcode: 43101 }, times: 5 }),
}

export const wechatTrouble: Scenario<Door> = {
  name: 'WeChat in trouble',
  about: `WeChat is ${Object.keys(moods).join('; ')}: requests go on, no message is sent twice, what is uncertain is shown`,
  on: ['MariaDB'],
  deadlineS: 300,
  async around() {
    const appId = 'wx-campaign'
    const secret = randomBytes(16).toString('hex')
    const sandbox = await startSandbox({ appId, secret })
    const proxy = await answeringProxy(sandbox.baseUrl)
    const env = {
      SANDBOX: 'off',
      HOST: '127.0.0.1',
      WECHAT_APP_ID: appId,
      WECHAT_SECRET: secret,
      WECHAT_BASE_URL: proxy.url,
    }
    return {
      own: { sandbox, proxy },
      env,
      async clear() {
        proxy.close()
        await sandbox.stop()
      },
    }
  },
  async run(stage, door) {
    const { sandbox, proxy } = door
    await allowMessages(stage, sandbox)
    stage.faultBegins()
    for (const [mood, begin] of Object.entries(moods)) {
      begin(door)
      const calls = sandbox.calls.length
      const [, login] = await Promise.all([stage.progress(WRITES), logIn(stage), delay((stage.seconds * 1000) / 4)])
      const tokens = sandbox.calls.slice(calls).filter((path) => path === TOKEN).length
      stage.remark(`${mood.padEnd(26)} a login: ${login}; asked for tokens: ${tokens}`)
      sandbox.clearBehaviour()
      proxy.answer({})
    }
    await stage.progress(WRITES)
  },
  /** Every message that left is known to have left, or to have left perhaps; none left twice. */
  after: ({ place, remark }, { sandbox }) =>
    inside(place.env, later, async ({ house }) => {
      const verdict = faultless()
      const { sent } = sandbox
      const rows = (await house.ds.query(
        `SELECT d.state, d.msgId, d.template, n.subjectId FROM delivery d JOIN notice n ON n.id = d.noticeId`,
      )) as { state: string; msgId: string | null; template: string; subjectId: string }[]
      const known = new Set(rows.flatMap(({ msgId }) => msgId ?? []))
      const received = new Map<string, number>()
      for (const { openid, templateId, page, msgId } of sent) {
        const what = `${templateId} ${page} to ${openid}`
        received.set(what, (received.get(what) ?? 0) + 1)
        const subjectId = page?.split('id=')[1]
        const isShown =
          known.has(msgId) ||
          rows.some(
            (row) =>
              row.state === 'uncertain' &&
              row.subjectId === subjectId &&
              house.know.templates.get(row.template)?.templateId === templateId,
          )
        if (!isShown) verdict.halfDone.push(`${what} left, and nobody knows`)
      }
      for (const [what, times] of received) if (times > 1) verdict.doubled.push(`${what}: ${times} messages`)
      const ids = new Set(sent.map(({ msgId }) => msgId))
      for (const id of known) if (!ids.has(id)) verdict.lost.push(`message ${id} is said to be sent, and was not`)
      const states = new Map<string, number>()
      for (const { state } of rows) states.set(state, (states.get(state) ?? 0) + 1)
      for (const state of ['queued', 'sending']) {
        if (states.has(state)) verdict.halfDone.push(`${states.get(state)} messages are still ${state}`)
      }
      remark(`messages received ${sent.length}; ours: ${[...states].map(([state, n]) => `${n} ${state}`).join(', ')}`)
      return verdict
    }),
}

/** What a login is answered with while WeChat is like that, and how long somebody waits for it. */
async function logIn({ fleet }: Stage): Promise<string> {
  const since = performance.now()
  const { status } = await post(fleet.urls()[0] ?? '', 'session.login', { code: 'demo:asker-1' })
  return `${status} after ${((performance.now() - since) / 1000).toFixed(1)} s`
}

/** In the service's stock and in WeChat's own. */
async function allowMessages({ place, fleet }: Stage, sandbox: Sandbox): Promise<void> {
  const templates = parseTemplates(JSON.parse(await readFile(TEMPLATES, 'utf8')))
  const [url = ''] = fleet.urls()
  const allow = async (who: Somebody, name: string, keys: readonly string[], times: number) => {
    for (let n = 0; n < times; n += 1) {
      const agreed = keys.map((key) => ({ key, accepted: true }))
      await post(url, 'notice.grant', { templates: agreed }, { Authorization: `Bearer ${who.token}` })
      for (const key of keys) sandbox.grant(demoOpenid(name), templates.get(key)?.templateId ?? '')
    }
  }
  const { officer, askers } = place.cast
  await allow(officer, 'officer-on-duty', TOLD.officer, GRANTS.officer)
  await Promise.all(askers.map((asker, n) => allow(asker, `asker-${n}`, TOLD.asker, GRANTS.asker)))
}
