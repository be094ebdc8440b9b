/** Consent to the privacy guide: asked by WeChat before the first use of anything personal, remembered afterwards. */
import { askConsent } from '../shell/dialogs.js'
import { showToast } from '../shell/toast.js'
import { guarded } from '../report.js'
import { call, Refusal } from './call.js'
import { remembered } from './storage.js'

const CONSENT = 'privacyConsent'
const GUIDE = '《沈环帮办小程序隐私保护指引》'

interface Answer {
  event: 'agree' | 'disagree' | 'exposureAuthorization'
  buttonId?: string
}
type Listener = (resolve: (answer: Answer) => void, about: { referrer: string }) => void

let isUsed = false
let listener: Listener | undefined
/** Ids of `agreePrivacyAuthorization` buttons that were pressed. */
const pressed = new Set<string>()
/** Those who asked while the question is open share its answer. */
let asking: Promise<boolean> | undefined

/** `isChecked`: `__usePrivacyCheck__` of app.json. */
export function usePrivacy(isChecked: boolean): void {
  isUsed = isChecked
}

const isAgreed = () => !isUsed || remembered.get(CONSENT) === true

function agree(): void {
  remembered.set(CONSENT, true)
}

/** For the button with which the mini-program itself asks. */
export function agreedByButton(id: string): void {
  pressed.add(id)
  agree()
}

function ask(referrer: string): Promise<boolean> {
  const toMiniProgram = listener
  if (!toMiniProgram) return askByWechat()
  return new Promise((resolve) => {
    const answer = ({ event, buttonId = '' }: Answer) => {
      if (event === 'exposureAuthorization') return
      // WeChat believes a press of its own button only.
      const isReal = event === 'agree' && pressed.has(buttonId)
      if (isReal) agree()
      resolve(isReal)
    }
    guarded(() => toMiniProgram(answer, { referrer }), 'onNeedPrivacyAuthorization')
  })
}

async function askByWechat(): Promise<boolean> {
  const answer = await askConsent({
    title: '隐私保护提示',
    text: `使用前请阅读并同意${GUIDE}`,
    agree: '同意',
    refuse: '拒绝',
    answer: () => true,
  })
  if (answer) agree()
  return answer === true
}

/** @throws Refusal where the person does not agree */
export async function requirePrivacy(referrer: string): Promise<void> {
  if (isAgreed()) return
  asking ??= ask(referrer).finally(() => {
    asking = undefined
  })
  if (!(await asking)) throw new Refusal('privacy permission is not authorized', 104)
}

/** A function of wx that WeChat guards by the privacy guide. */
export function guardedCall<I = object>(name: string, work: (options: I) => object | void | Promise<object | void>) {
  return call<I>(name, async (options) => {
    await requirePrivacy(name)
    return work(options)
  })
}

export const privacyApis = {
  getPrivacySetting: call('getPrivacySetting', () => ({ needAuthorization: !isAgreed(), privacyContractName: GUIDE })),
  requirePrivacyAuthorize: call('requirePrivacyAuthorize', () => requirePrivacy('requirePrivacyAuthorize')),
  onNeedPrivacyAuthorization: (wanted: Listener) => {
    listener = wanted
  },
  offNeedPrivacyAuthorization: () => {
    listener = undefined
  },
  openPrivacyContract: call('openPrivacyContract', () => showToast({ title: GUIDE, icon: 'none' })),
}
