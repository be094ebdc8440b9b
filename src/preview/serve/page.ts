/** The page at `/`: the mini-program in a phone, and beside it a list of the people one can be. */
import { html, none } from '../../http/html.js'
import { type Face, faces, newcomer } from './people.js'

/** What the frame of the app may do in its place, as WeChat would ask for. */
const ALLOWED = 'geolocation; camera; microphone; clipboard-read; clipboard-write'

const everybody = [...faces, newcomer]

/** `hasPeople`: there is a demonstration, whose people one can be. */
export function previewPage(hasPeople: boolean): string {
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>沈环帮办</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/preview/frame.css"><script src="/preview/frame.js" defer></script></head>
<body${hasPeople ? none : html` class="alone"`}>
${hasPeople ? picker() : none}
<main>
<div class="phone"><iframe id="app" title="沈环帮办小程序" allow="${ALLOWED}"${hasPeople ? none : html` src="/preview/index.html"`}></iframe></div>
</main>
</body></html>
`.text
}

const picker = () => html`<header>
<h1>沈环帮办</h1>
<p class="about">沈阳市生态环境局为企业办事的小程序，在浏览器里试用。企业、项目、人员都是编造的。</p>
<label class="choice"><span>以谁的身份看</span><select id="choice">${everybody.map(option)}</select></label>
<nav aria-labelledby="who"><h2 id="who">以谁的身份看</h2><ul>${everybody.map(card)}</ul></nav>
<p class="links"><a href="/docs">接口说明</a></p>
</header>`

const option = ({ login, name, role }: Face) => html`<option value="${login}">${role}（${name}）</option>`

/** The last character tells the invented names apart. */
const markOf = ({ login, name }: Face) => (login === newcomer.login ? '新' : name.slice(-1))

const card = (face: Face) => {
  const { login, name, role, does } = face
  return html`<li><a href="/?as=${login}" data-as="${login}"><span class="mark" aria-hidden="true">${markOf(face)}</span><span class="who"><b>${role}</b> <span>${name}</span></span><span class="does">${does}</span></a></li>`
}

/** Where nothing has been built yet. */
export const unbuiltPage = html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>沈环帮办</title></head>
<body><h1>沈环帮办</h1><p>小程序的网页预览还没有生成。请在项目目录里运行 <code>npm run preview</code>，再刷新本页。</p>
<p><a href="/docs">接口说明</a></p></body></html>
`.text
