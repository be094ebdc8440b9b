/** What buttons with an `open-type` do: each ends in an event of its own. */
import { make } from '../dom.js'
import type { Component } from '../engine/nodes.js'
import { randomName } from '../random.js'
import { guarded } from '../report.js'
import { askConsent } from '../shell/dialogs.js'
import { showToast } from '../shell/toast.js'
import { failureOf, Refusal } from './call.js'
import { pickFiles } from './filePicker.js'
import { files } from './files.js'
import { settings } from './permissions.js'
import { agreedByButton, requirePrivacy } from './privacy.js'
import { remembered } from './storage.js'

interface OpenType {
  event: string
  run(button: Component): object | Promise<object>
}

const LAST_PHONE = 'phone'
const PROPOSED_PHONE = '13900000000'

async function phoneNumber(): Promise<object> {
  const field = make('input', { class: 'mp-field', inputmode: 'tel', maxlength: 15, 'aria-label': '手机号' })
  field.value = String(remembered.get(LAST_PHONE) ?? PROPOSED_PHONE)
  const number = await askConsent({
    title: '申请获取并验证你的手机号',
    text: '预览里可以填任意号码，例如名册里某位工作人员的',
    body: [field],
    agree: '允许',
    refuse: '不允许',
    answer: () => (/^\d{5,15}$/.test(field.value.trim()) ? field.value.trim() : undefined),
  })
  if (number === undefined) throw new Refusal('user deny', 1400001)
  remembered.set(LAST_PHONE, number)
  return { code: `phone:${number}#${randomName()}` }
}

/** As `bindgetphonenumber` hears it, also when it is refused. */
const asked = (name: string, work: () => object | Promise<object>) => async (): Promise<object> => {
  try {
    await requirePrivacy(name)
    return { ...(await work()), errMsg: `${name}:ok` }
  } catch (error) {
    return failureOf(name, error)
  }
}

async function avatar(): Promise<object> {
  const [picture] = await pickFiles({ accept: 'image/*', isMultiple: false })
  if (!picture) throw new Refusal('cancel')
  return { avatarUrl: files.addTemporary(picture) }
}

async function share(button: Component): Promise<object> {
  const page = getCurrentPages().at(-1)
  const onShare = page?.['onShareAppMessage']
  const told =
    typeof onShare === 'function'
      ? guarded(
          () => onShare.call(page, { from: 'button', target: button.getMethodCaller() }) as Shared,
          'onShareAppMessage',
        )
      : undefined
  const { title = document.title, path = page?.['route'] ?? '' } = (await told?.promise) ?? told ?? {}
  await askConsent({
    title: '转发给朋友',
    text: title,
    body: [make('code', {}, String(path))],
    agree: '发送',
    refuse: '取消',
    answer: () => true,
  })
  return {}
}

interface Shared {
  title?: string
  path?: string
  promise?: Promise<Shared>
}

export const openTypes: Record<string, OpenType> = {
  getPhoneNumber: { event: 'getphonenumber', run: asked('getPhoneNumber', phoneNumber) },
  getRealtimePhoneNumber: { event: 'getrealtimephonenumber', run: asked('getRealtimePhoneNumber', phoneNumber) },
  chooseAvatar: { event: 'chooseavatar', run: asked('chooseAvatar', avatar) },
  share: { event: 'share', run: share },
  contact: {
    event: 'contact',
    run: () => {
      showToast({ title: '打开客服会话', icon: 'none' })
      return { errMsg: 'enterContact:ok', path: '', query: {} }
    },
  },
  feedback: {
    event: 'feedback',
    run: () => {
      showToast({ title: '打开意见反馈', icon: 'none' })
      return {}
    },
  },
  openSetting: { event: 'opensetting', run: async () => ({ errMsg: 'openSetting:ok', authSetting: await settings() }) },
  agreePrivacyAuthorization: {
    event: 'agreeprivacyauthorization',
    run: (button) => {
      agreedByButton(button.id)
      return { errMsg: 'agreePrivacyAuthorization:ok' }
    },
  },
}
