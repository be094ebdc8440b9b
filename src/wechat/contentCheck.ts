// Asks WeChat whether a text may be shown, and starts the check of a picture or a recording.
import { z } from 'zod'
import { contentPieces, wellFormed } from './contentPieces.js'
import { type ContentVerdict, readVerdict, uniteVerdicts, VerdictAnswer } from './contentVerdict.js'
import { answerUnusable } from './problems.js'
import type { TokenKeeper } from './token.js'
import { readJson, type Transport } from './transport.js'

const TEXT_PATH = '/wxa/msg_sec_check'
const MEDIA_PATH = '/wxa/media_check_async'
const VERSION = 2

/** 场景枚举值（1 资料；2 评论；3 论坛；4 社交日志） */
const SCENES = { profile: 1, comment: 2, forum: 3, journal: 4 } as const
/** 1 音频；2 图片 */
const MEDIA_TYPES = { audio: 1, image: 2 } as const

export type ContentScene = keyof typeof SCENES
export type MediaType = keyof typeof MEDIA_TYPES

export interface TextToCheck {
  /** Of a person who used the mini-program within two hours; otherwise WeChat answers 61010. */
  readonly openid: string
  readonly scene: ContentScene
  /** Any length. */
  readonly content: string
  readonly title?: string
  readonly nickname?: string
}

export interface MediaToCheck {
  readonly openid: string
  readonly scene: ContentScene
  /** Must be reachable by WeChat over https, at most 10 MB. */
  readonly mediaUrl: string
  readonly mediaType: MediaType
}

const MediaAnswer = z.object({ trace_id: z.string().min(1) })

export async function checkText(
  transport: Transport,
  tokens: TokenKeeper,
  { openid, scene, content, title, nickname }: TextToCheck,
): Promise<ContentVerdict> {
  const pieces = contentPieces(content)
  // A title alone is checked as the content, which WeChat does not accept empty.
  const texts = pieces.length > 0 ? pieces : contentPieces(title ?? nickname ?? '')
  const about = {
    ...(title ? { title: wellFormed(title) } : {}),
    ...(nickname ? { nickname: wellFormed(nickname) } : {}),
  }
  const verdicts: ContentVerdict[] = []
  for (const [index, piece] of texts.entries()) {
    const body = { version: VERSION, openid, scene: SCENES[scene], content: piece, ...(index === 0 ? about : {}) }
    const answer = await tokens.withToken(async (token) =>
      readJson(TEXT_PATH, await transport.send({ path: TEXT_PATH, query: { access_token: token }, body })),
    )
    const parsed = VerdictAnswer.safeParse(answer)
    if (!parsed.success) throw answerUnusable(TEXT_PATH)
    verdicts.push(readVerdict(parsed.data))
  }
  return uniteVerdicts(verdicts)
}

/** Gives the trace id; the verdict comes within 30 minutes as the event wxa_media_check (callback.ts). */
export async function checkMedia(
  transport: Transport,
  tokens: TokenKeeper,
  { openid, mediaUrl, mediaType, scene }: MediaToCheck,
): Promise<string> {
  const body = {
    version: VERSION,
    openid,
    scene: SCENES[scene],
    media_url: mediaUrl,
    media_type: MEDIA_TYPES[mediaType],
  }
  const answer = await tokens.withToken(async (token) =>
    readJson(MEDIA_PATH, await transport.send({ path: MEDIA_PATH, query: { access_token: token }, body })),
  )
  const parsed = MediaAnswer.safeParse(answer)
  if (!parsed.success) throw answerUnusable(MEDIA_PATH)
  return parsed.data.trace_id
}
