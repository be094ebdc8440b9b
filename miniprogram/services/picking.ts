// Lets the person choose photos and files, and keeps those not yet sent on the phone until they are.
import { Failure } from './failure'
import { type FileKind, fileExtensions, kindOf } from './files'
import { newId } from './identifier'

/** A file on its way to the server. */
export interface Picked {
  /** Sent with every try, so that the file is taken once. */
  key: string
  path: string
  name: string
  size: number
  kind: FileKind
  /** Made smaller already: another try sends the same bytes. */
  isReady?: boolean
}

export interface Choice {
  /** How many may still be added. */
  count: number
  /** With the time and place that the camera wrote into it: then it is not made smaller. */
  isOriginal?: boolean
}

const CANCEL = /cancel/
const NOT_AGREED = /privacy|authoriz|auth deny|scope/
const PRIVACY_ERRNOS = [103, 104, 112]

/** @throws Failure, where the person or the phone does not allow it; empty when they thought better of it. */
export async function choosePhotos({ count, isOriginal = false }: Choice): Promise<Picked[]> {
  const chosen = await chosenOr([], () =>
    wx
      .chooseMedia({
        count,
        mediaType: ['image'],
        sourceType: ['album', 'camera'],
        sizeType: isOriginal ? ['original'] : ['compressed'],
      })
      .then(({ tempFiles }) => tempFiles),
  )
  return chosen.map(({ tempFilePath, size }, index) => ({
    key: newId(),
    path: tempFilePath,
    name: `照片${index + 1}`,
    size,
    kind: 'image',
  }))
}

/** From a chat of WeChat, where documents are. @throws Failure */
export async function chooseFiles({ count }: Choice): Promise<Picked[]> {
  const chosen = await chosenOr([], () =>
    wx.chooseMessageFile({ count, type: 'file', extension: fileExtensions }).then(({ tempFiles }) => tempFiles),
  )
  return chosen.map(({ path, name, size }) => ({ key: newId(), path, name, size, kind: kindOf(name) }))
}

async function chosenOr<T>(none: T, choose: () => Promise<T>): Promise<T> {
  try {
    return await choose()
  } catch (error) {
    const { errMsg = '', errno = 0 } = error as { errMsg?: string; errno?: number }
    if (CANCEL.test(errMsg)) return none
    if (NOT_AGREED.test(errMsg) || PRIVACY_ERRNOS.includes(errno)) {
      throw new Failure({ status: 0, title: '您没有同意使用相册、相机或文件，同意后才能添加；不添加也可以提交' })
    }
    throw new Failure({ status: 0, title: '没有选成，请再试一次' })
  }
}

const nameOf = (form: string) => `files.${form}`

export const readPicked = (form: string): Picked[] => wx.getStorageSync<Picked[]>(nameOf(form)) || []

export function keepPicked(form: string, files: Picked[]): void {
  if (files.length > 0) wx.setStorageSync(nameOf(form), files)
  else wx.removeStorageSync(nameOf(form))
}

/** Where the file stays when the mini-program is closed; where the phone has no room, it is as lasting as WeChat keeps it. */
export function stored(path: string): Promise<string> {
  return new Promise((resolve) => {
    wx.getFileSystemManager().saveFile({
      tempFilePath: path,
      success: ({ savedFilePath }) => resolve(savedFilePath),
      fail: () => resolve(path),
    })
  })
}

/** The room on the phone is for what is not yet sent. */
export function unstore(path: string): void {
  wx.getFileSystemManager().removeSavedFile({ filePath: path, fail: () => undefined })
}

/** Some files did not arrive: whether to go on without them. */
export async function goesWithout(): Promise<boolean> {
  const { confirm } = await wx.showModal({
    title: '有文件没传上',
    content: '不带没传上的文件，先提交吗？之后还可以补充。',
    confirmText: '先提交',
    cancelText: '再等等',
  })
  return confirm
}
