/** Who is here, to the sandbox of WeChat's interfaces; and which messages that person lets the mini-program send. */
import { person } from '../person.js'
import { randomName } from '../random.js'
import { make } from '../dom.js'
import { warn } from '../report.js'
import { askConsent } from '../shell/dialogs.js'
import { call, Refusal } from './call.js'

/**
 * The service hands grants on to the sandbox, which lets one message through for each:
 * `{ person, templateIds }` → 204. Only a service with the sandbox has it.
 */
const GRANTS = '/preview/grants'
/** What each template is called, by its id, as WeChat's dialogue shows it: `{ <id>: <title> }`. */
const TITLES = '/preview/templates.json'
const MOST_TEMPLATES = 3

async function requestSubscribeMessage({ tmplIds }: { tmplIds: string[] }): Promise<object> {
  if (!Array.isArray(tmplIds) || tmplIds.length === 0) throw new Refusal('TmplIds can’t be empty', 10001)
  if (tmplIds.length > MOST_TEMPLATES) throw new Refusal('Templates count out of max bounds', 20003)
  const titles = await titlesOfTemplates()
  const boxes = tmplIds.map((id) => {
    const box = make('input', { type: 'checkbox', value: id })
    box.checked = true
    return box
  })
  const isAllowed = await askConsent({
    title: '订阅消息',
    text: '允许发送一次以下消息',
    body: boxes.map((box) => make('label', { class: 'mp-line' }, box, titles[box.value] ?? box.value)),
    agree: '允许',
    refuse: '取消',
    answer: () => true,
  })
  const granted = isAllowed ? boxes.filter(({ checked }) => checked).map(({ value }) => value) : []
  if (granted.length > 0) await tellSandbox(granted)
  return Object.fromEntries(tmplIds.map((id) => [id, granted.includes(id) ? 'accept' : 'reject']))
}

async function titlesOfTemplates(): Promise<Record<string, string>> {
  const answer = await fetch(TITLES).catch(() => undefined)
  if (answer?.ok) return (await answer.json()) as Record<string, string>
  warn(`the sandbox did not say what the templates are called (${answer?.status ?? 'no answer'})`)
  return {}
}

async function tellSandbox(templateIds: string[]): Promise<void> {
  const answer = await fetch(GRANTS, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ person, templateIds }),
  }).catch(() => undefined)
  if (!answer?.ok)
    warn(`the sandbox did not hear of the grants (${answer?.status ?? 'no answer'}): messages will be refused`)
}

export const loginApis = {
  login: call('login', () => ({ code: `demo:${person}#${randomName()}` })),
  checkSession: call('checkSession', () => undefined),
  requestSubscribeMessage: call('requestSubscribeMessage', requestSubscribeMessage),
}
