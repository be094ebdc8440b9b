// What files are called, weigh and look like on screen, and how one is opened.
import type { FileView } from './api'
import { fileAddress } from './upload'

export type FileKind = FileView['kind']

const icons: Record<FileKind, string> = { image: 'image', pdf: 'file-pdf', word: 'file-word', excel: 'file-excel' }

export const iconOf = (kind: FileKind): string => icons[kind]

const KIB = 1024

/** `1536` → `2 KB`, `1572864` → `1.5 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < KIB * KIB) return `${Math.max(1, Math.round(bytes / KIB))} KB`
  return `${(bytes / KIB / KIB).toFixed(1)} MB`
}

const extensionOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''

const kinds: Record<string, FileKind> = {
  pdf: 'pdf',
  doc: 'word',
  docx: 'word',
  xls: 'excel',
  xlsx: 'excel',
}

/** By the ending of the name; the server looks inside. */
export const kindOf = (name: string): FileKind => kinds[extensionOf(name)] ?? 'image'

/** The endings that may be chosen as files of a chat. */
export const fileExtensions = [...Object.keys(kinds), 'jpg', 'jpeg', 'png', 'webp']

/** Shows a picture among its neighbours, or opens a document. False when it could not be had: its link may be too old. */
export async function openFile(file: FileView, neighbours: FileView[] = [file]): Promise<boolean> {
  const url = fileAddress(file)
  if (!url) return false
  if (file.kind === 'image') {
    const urls = neighbours.filter(({ kind }) => kind === 'image').map(fileAddress)
    await wx.previewImage({ current: url, urls: urls.filter((one) => one !== '') })
    return true
  }
  const path = await fetched(file)
  return path !== '' && openFetched(path, file.name)
}

/** The file on the phone, for as long as WeChat keeps it; empty when it could not be had. */
export async function fetched(file: FileView): Promise<string> {
  void wx.showLoading({ title: '正在打开', mask: true })
  try {
    const { statusCode, tempFilePath } = await download(fileAddress(file))
    return statusCode === 200 ? tempFilePath : ''
  } catch {
    return ''
  } finally {
    void wx.hideLoading()
  }
}

/** With WeChat's own menu: from there it is sent on or saved. */
export async function openFetched(filePath: string, name: string): Promise<boolean> {
  const fileType = extensionOf(name) as 'pdf'
  try {
    await wx.openDocument({ filePath, showMenu: true, ...(fileType && { fileType }) })
    return true
  } catch {
    return false
  }
}

const download = (url: string) =>
  new Promise<WechatMiniprogram.DownloadFileSuccessCallbackResult>((resolve, reject) => {
    wx.downloadFile({ url, success: resolve, fail: reject })
  })
